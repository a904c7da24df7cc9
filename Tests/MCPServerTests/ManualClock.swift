import Synchronization

/// A clock that goes when it is told to.
final class ManualClock: Sendable {
    private let start = SuspendingClock.now
    private let elapsed = Mutex<Duration>(.zero)

    var now: @Sendable () -> SuspendingClock.Instant {
        { self.start.advanced(by: self.elapsed.withLock { $0 }) }
    }

    func advance(by duration: Duration) {
        elapsed.withLock { $0 += duration }
    }
}
