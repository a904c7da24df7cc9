import Synchronization

/// A clock that stands still until it is turned.
final class TurnedClock: Sendable {
    private let moment = Mutex(SuspendingClock.now)

    var now: SuspendingClock.Instant { moment.withLock { $0 } }

    func turn(by duration: Duration) {
        moment.withLock { $0 = $0.advanced(by: duration) }
    }
}
