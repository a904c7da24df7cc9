package import GatewayCore
internal import Synchronization

/// A source behind its own walls: so many operations at a time, in fair turns, each over by its deadline, and none at
/// all while the source is down.
///
/// There are no probes of its own: after a rest the next operation somebody wants is the probe. A source nobody asks
/// does not need to be known to work, and no statement or path is right for every source.
package final class GuardedSource: DataSource {
    package typealias Instant = SuspendingClock.Instant

    private struct State {
        var breaker: CircuitBreaker
        var status = SourceHealth.Status.ok
        var since: Instant
        var lastFailure: SourceHealth.Failure?
        var lastAnswer: Instant?
        var timesDown = 0
        var turnedAway = 0
    }

    private let name: String
    private let source: any DataSource
    private let patience: Duration
    private let places: FairPlaces
    private let observing: (any SourceObserving)?
    private let now: @Sendable () -> Instant
    private let state: Mutex<State>

    /// Puts walls around a source.
    /// - Parameters:
    ///   - name: As the configuration calls it, for the observer.
    ///   - source: The driver.
    ///   - limits: Those of places, waiting and the breaker count here.
    ///   - observing: Hears of new statuses.
    ///   - now: The clock of the breaker.
    ///   - jitter: Numbers from 0 up to 1.
    package init(
        name: String,
        _ source: any DataSource,
        limits: SourceLimits = SourceLimits(),
        observing: (any SourceObserving)? = nil,
        now: @escaping @Sendable () -> Instant = { SuspendingClock.now },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.name = name
        self.source = source
        self.observing = observing
        self.now = now
        patience = limits.breaker.patience
        places = FairPlaces(
            count: limits.concurrentPerSource,
            waiting: limits.waitingPerSource,
            retryAfter: limits.breaker.firstRest,
            now: now
        )
        state = Mutex(State(breaker: CircuitBreaker(policy: limits.breaker, jitter: jitter), since: now()))
    }

    package var kind: SourceKind { source.kind }

    package func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        try await carryOut(for: query.namespace, by: query.deadline) { [source] () async throws(SourceError) in
            try await source.query(query)
        }
    }

    package func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        try await carryOut(for: request.namespace, by: request.deadline) { [source] () async throws(SourceError) in
            try await source.request(request)
        }
    }

    package func send(_ message: SourceMessage) async throws(SourceError) {
        try await carryOut(for: message.namespace, by: message.deadline, isLastWord: true) {
            [source] () async throws(SourceError) in
            try await source.send(message)
        }
    }

    package func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        try await carryOut(for: exchange.namespace, by: exchange.deadline, isLastWord: true) {
            [source] () async throws(SourceError) in
            try await source.exchange(exchange)
        }
    }

    package func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
        try await carryOut(for: request.namespace, by: request.deadline) { [source] () async throws(SourceError) in
            try await source.read(request)
        }
    }

    package func close() async {
        places.close()
        await source.close()
    }

    /// How the source is doing.
    package var health: SourceHealth {
        let standing = places.standing
        let now = now()
        return state.withLock { Self.health(of: $0, standing, at: now) }
    }

    private func carryOut<Answer: Sendable>(
        for namespace: String,
        by deadline: Deadline,
        isLastWord: Bool = false,
        _ operation: @escaping @Sendable () async throws(SourceError) -> Answer
    ) async throws(SourceError) -> Answer {
        try refuseWhileDown()
        let place = try await places.acquire(for: namespace, by: deadline)
        defer { places.release(place) }
        // The source may have gone down while this one waited.
        let pass = try admit()
        let start = now()
        let result = await DeadlineRace.run(by: deadline, isLastWord: isLastWord, operation)
        note(result.failure, of: pass, since: start)
        return try result.get()
    }
}

// MARK: - The breaker

extension GuardedSource {
    private func refuseWhileDown() throws(SourceError) {
        let now = now()
        let wait: Duration? = state.withLock { state in
            guard let wait = state.breaker.refusal(at: now) else { return nil }
            state.turnedAway += 1
            return wait
        }
        if let wait { throw .down(retryAfter: wait) }
    }

    private func admit() throws(SourceError) -> CircuitBreaker.Pass {
        let now = now()
        let admission = state.withLock { state in
            let admission = state.breaker.admit(at: now)
            if case .refused = admission { state.turnedAway += 1 }
            return admission
        }
        switch admission {
        case .admitted(let pass): return pass
        case .refused(let wait): throw .down(retryAfter: wait)
        }
    }

    private func note(_ error: SourceError?, of pass: CircuitBreaker.Pass, since start: Instant) {
        let now = now()
        let (evidence, failure) = Self.evidence(of: error, after: start.duration(to: now), patience: patience)
        let hasChanged = state.withLock { state in
            if evidence == .alive { state.lastAnswer = now }
            // One that answered somebody meanwhile is up: a slow statement of one plugin costs the others nothing.
            let isSlow = error == .timeout && state.lastAnswer.map { $0 > start } == true
            state.breaker.note(isSlow ? .none : evidence, of: pass, at: now)
            if let failure { state.lastFailure = failure }
            return Self.updateStatus(&state, at: now)
        }
        if hasChanged { observing?.statusChanged(of: name, to: health) }
    }

    /// What an operation's end says about the source.
    ///
    /// A refusal is an answer. What the driver refuses by itself, and what was given up, says nothing.
    private static func evidence(
        of error: SourceError?,
        after duration: Duration,
        patience: Duration
    ) -> (CircuitBreaker.Evidence, SourceHealth.Failure?) {
        switch error {
        // Whoever should have answered a message did not, but the broker was there to take it.
        case nil, .rejected, .tooLarge, .unanswered: (.alive, nil)
        case .unavailable: (.dead, .unavailable)
        case .timeout, .unconfirmed: duration < patience ? (.none, nil) : (.dead, .timeout)
        case .invalid, .cancelled, .unsupported, .down, .noCredential: (.none, nil)
        }
    }

    /// - Returns: Whether the status is another one now.
    private static func updateStatus(_ state: inout State, at now: Instant) -> Bool {
        let status: SourceHealth.Status =
            switch state.breaker.state {
            case .open, .halfOpen: .down
            case .closed: state.breaker.failuresInRow > 0 ? .degraded : .ok
            }
        guard status != state.status else { return false }
        state.status = status
        state.since = now
        if status == .down { state.timesDown += 1 }
        return true
    }

    /// Operations that hang show in the status although their end is not known.
    private static func health(of state: State, _ standing: FairPlaces.Standing, at now: Instant) -> SourceHealth {
        var status = state.status
        var since = state.since
        if let overdue = standing.overdueSince, status != .down {
            if standing.hangs {
                (status, since) = (.down, overdue.upperBound)
            } else if status == .ok {
                (status, since) = (.degraded, overdue.lowerBound)
            }
        }
        return SourceHealth(
            status: status,
            unchangedFor: since.duration(to: now),
            lastFailure: state.lastFailure,
            breaker: state.breaker.state,
            running: standing.running,
            overdue: standing.overdue,
            waiting: standing.waiting,
            timesDown: state.timesDown,
            turnedAway: state.turnedAway
        )
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
