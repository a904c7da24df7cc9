import Synchronization

/// When a stream must be heard of again, so that nobody on the way takes it for dead.
///
/// One timer lasts as long as the stream: one for each message would outlive it, and pile up where much is told.
final class StreamPulse: Sendable {
    typealias Instant = SuspendingClock.Instant

    private let interval: Duration
    private let due: Mutex<Instant>

    init(every interval: Duration) {
        self.interval = interval
        due = Mutex(.now.advanced(by: interval))
    }

    /// Whether there has been nothing for so long.
    var isDue: Bool { Instant.now >= due.withLock { $0 } }

    /// Says that something was written.
    func beat() {
        let next = Instant.now.advanced(by: interval)
        due.withLock { $0 = next }
    }

    /// Calls `wake` whenever it is due, and at the end; returns then, or when the task is cancelled.
    func run(until end: Instant, wake: () -> Void) async {
        var next = due.withLock { $0 }
        while (try? await Task.sleep(until: min(next, end), clock: .suspending)) != nil {
            let now = Instant.now
            let due = due.withLock { $0 }
            // A writer that waits for its client is not woken again and again.
            next = now >= due ? now.advanced(by: interval) : due
            if now >= due || now >= end { wake() }
            if now >= end { return }
        }
    }
}
