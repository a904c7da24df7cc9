import Glibc
import Synchronization

/// Ends what has run out of time: one thread that sleeps until the earliest moment anything waits for.
///
/// A call costs it one comparison. It looks through everything open only when it wakes, which is when the earliest
/// deadline it knew of has come; calls that finish in time leave no trace.
final class DeadlineWatch: Sendable {
    private let signal = ThreadSignal()
    /// When the thread will wake by itself; `never` while it looks around.
    private let wakes = Atomic<Int64>(MonotonicTime.never)
    private let isEnded = Atomic<Bool>(false)

    /// Starts watching.
    ///
    /// `sweep` ends what is due at the moment given, and returns the next moment something will be.
    /// Throws `PluginLoadError.noThread` when the system refuses to start the thread.
    init(name: String, sweep: @escaping @Sendable (Int64) -> Int64) throws(PluginLoadError) {
        try Thread.start(name: name) { [self] in
            while true {
                // Before looking around: what was signalled until here will be seen.
                signal.clear()
                guard !isEnded.load(ordering: .acquiring) else { return }
                wakes.store(MonotonicTime.never, ordering: .sequentiallyConsistent)
                let next = sweep(MonotonicTime.now())
                wakes.store(next, ordering: .sequentiallyConsistent)
                signal.wait(until: next)
            }
        }
    }

    /// Says that something which is already in its table is due at this moment.
    func expect(_ moment: Int64) {
        if moment < wakes.load(ordering: .sequentiallyConsistent) { signal.signal() }
    }

    /// Stops watching.
    ///
    /// Nothing that expires later is ended.
    func end() {
        isEnded.store(true, ordering: .releasing)
        signal.signal()
    }
}
