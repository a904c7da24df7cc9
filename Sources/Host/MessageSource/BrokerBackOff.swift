/// Decides when a broker that could not be reached is tried again.
struct BrokerBackOff: Sendable {
    typealias Instant = SuspendingClock.Instant

    private let first: Duration
    private let longest: Duration
    private let jitter: @Sendable () -> Double
    private var delay = Duration.zero
    private var next: Instant?

    /// - Parameters:
    ///   - first: After one failure; doubled with each that follows.
    ///   - longest: At most.
    ///   - jitter: Numbers from 0 up to 1; up to a quarter is added by it, so that gateways do not come back at once.
    init(first: Duration, longest: Duration, jitter: @escaping @Sendable () -> Double) {
        self.first = first
        self.longest = longest
        self.jitter = jitter
    }

    /// How long nobody tries; nil when somebody may.
    func wait(at now: Instant) -> Duration? {
        guard let next, now < next else { return nil }
        return now.duration(to: next)
    }

    mutating func failed(at now: Instant) {
        delay = delay == .zero ? first : min(delay * 2, max(longest, first))
        next = now.advanced(by: delay + delay * min(max(jitter(), 0), 1) / 4)
    }

    mutating func succeeded() {
        delay = .zero
        next = nil
    }
}
