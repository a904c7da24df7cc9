/// Decides whether a source is asked at all: not while it is down, but for a probe now and then.
///
/// Closed → (failures in a row) → open → (a rest) → half open with a probe → closed, or open for twice as long.
/// A probe is an operation that somebody wants anyway. One that takes longer than the rest does not stand in the way
/// of the next, so a single slow operation cannot keep a source down that has recovered.
///
/// Does nothing by itself and knows no clock.
package struct CircuitBreaker: Sendable {
    package typealias Instant = SuspendingClock.Instant

    package enum State: String, Hashable, Sendable {
        /// Everybody is let through.
        case closed
        /// Nobody is, before the rest is over.
        case open
        /// A probe is under way; nobody else is let through.
        case halfOpen = "half_open"
    }

    /// What an operation has shown of its source.
    package enum Evidence: Hashable, Sendable {
        /// It answers, be it with a refusal.
        case alive
        /// It did not answer.
        case dead
        /// Neither: it was not reached, or the operation was given up.
        case none
    }

    package enum Admission: Hashable, Sendable {
        /// Ask; the evidence is owed.
        case admitted(Pass)
        case refused(retryAfter: Duration)
    }

    /// One operation that was let through.
    package struct Pass: Hashable, Sendable {
        fileprivate let period: UInt64
    }

    private struct Rest {
        /// The time until the next probe, before the jitter.
        var length: Duration
        var nextProbe: Instant
        var probes = 0
    }

    private let policy: BreakerPolicy
    private let jitter: @Sendable () -> Double
    /// What was let through in an earlier period says nothing about this one.
    private var period: UInt64 = 0
    private var failures: [Instant] = []
    private var rest: Rest?

    /// A closed one.
    /// - Parameters:
    ///   - policy: When it opens and how long it rests.
    ///   - jitter: Numbers from 0 up to 1; up to a quarter of a rest is added by it, so that replicas do not try at the
    ///     same moment.
    package init(policy: BreakerPolicy, jitter: @escaping @Sendable () -> Double) {
        self.policy = policy
        self.jitter = jitter
    }

    package var state: State {
        guard let rest else { return .closed }
        return rest.probes > 0 ? .halfOpen : .open
    }

    /// How many failures in a row the last operations were.
    package var failuresInRow: Int { failures.count }

    /// How long nobody is let through; nil when the next one is.
    package func refusal(at now: Instant) -> Duration? {
        guard let rest, now < rest.nextProbe else { return nil }
        return now.duration(to: rest.nextProbe)
    }

    /// Lets an operation through, as a probe when the source is down and its rest is over.
    package mutating func admit(at now: Instant) -> Admission {
        if let wait = refusal(at: now) { return .refused(retryAfter: wait) }
        if var rest {
            rest.probes += 1
            rest.length = min(rest.length * 2, max(policy.longestRest, policy.firstRest))
            rest.nextProbe = end(ofRest: rest.length, from: now)
            self.rest = rest
        }
        return .admitted(Pass(period: period))
    }

    /// Takes note of what an operation has shown; owed once for every pass.
    package mutating func note(_ evidence: Evidence, of pass: Pass, at now: Instant) {
        guard pass.period == period else { return }
        guard var rest else { return noteWhileClosed(evidence, at: now) }
        rest.probes -= 1
        switch evidence {
        case .alive:
            self.rest = nil
            failures = []
            period += 1
            return
        case .dead: rest.nextProbe = end(ofRest: rest.length, from: now)
        case .none: rest.nextProbe = now
        }
        self.rest = rest
    }

    private mutating func noteWhileClosed(_ evidence: Evidence, at now: Instant) {
        switch evidence {
        case .alive: failures = []
        case .none: break
        case .dead:
            let window = policy.window
            failures.removeAll { $0.duration(to: now) > window }
            failures.append(now)
            guard failures.count >= max(1, policy.failures) else { return }
            period += 1
            rest = Rest(length: policy.firstRest, nextProbe: end(ofRest: policy.firstRest, from: now))
        }
    }

    private func end(ofRest length: Duration, from now: Instant) -> Instant {
        now.advanced(by: length + length * min(max(jitter(), 0), 1) / 4)
    }
}
