internal import Synchronization

/// Decides when a server that does not answer is asked again; shared by the connections to it.
///
/// After a failure nobody connects for a while, twice as long each time; then one goes ahead, and all when it succeeds.
final class ConnectBackOff: Sendable {
    private struct State {
        var failure: PostgresError?
        var delay: Duration = .zero
        var next: SuspendingClock.Instant?
        var isProbing = false
    }

    private let state = Mutex(State())
    private let first: Duration
    private let longest: Duration

    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// Nil when a connection may be tried now, whose outcome must be told; else why not.
    func refusal(at now: SuspendingClock.Instant) -> PostgresError? {
        state.withLock { state in
            guard let failure = state.failure, let next = state.next else { return nil }
            if now >= next, !state.isProbing {
                state.isProbing = true
                return nil
            }
            // While one attempt is under way, its outcome is not far.
            let left = now < next ? now.duration(to: next) : first
            return PostgresError(.backingOff(retryAfter: left), detail: failure.detail)
        }
    }

    func succeeded() {
        state.withLock { $0 = State() }
    }

    func failed(_ error: PostgresError, at now: SuspendingClock.Instant) {
        state.withLock { state in
            state.failure = error
            // Others that set out at the same time fail with the first: that is one failure.
            if let next = state.next, now < next { return }
            state.delay = state.delay == .zero ? first : min(longest, state.delay * 2)
            state.next = now.advanced(by: state.delay)
            state.isProbing = false
        }
    }
}
