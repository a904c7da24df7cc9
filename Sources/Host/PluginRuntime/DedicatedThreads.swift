import Glibc
import Synchronization

/// A few threads outside Swift's cooperative pool, for foreign code that may block or must run one piece at a time.
///
/// With one thread, work runs in the order it was given. The threads end when the last reference is gone and the work
/// given so far is done; one that never returns from foreign code is lost with what it holds.
package final class DedicatedThreads: Sendable {
    private struct State {
        var work: [@Sendable () -> Void] = []
        var next = 0
        var isEnding = false
    }

    private final class Queue: Sendable {
        let state = Mutex(State())
        let signal = ThreadSignal()

        func take() -> (@Sendable () -> Void)? {
            signal.wait()
            return state.withLock { state in
                guard state.next < state.work.count else { return nil }
                let work = state.work[state.next]
                state.next += 1
                if state.next == state.work.count {
                    state.work.removeAll(keepingCapacity: state.next < 64)
                    state.next = 0
                }
                return work
            }
        }
    }

    private let queue = Queue()
    private let count: Int

    /// Starts the threads.
    ///
    /// The name is shown by the system's tools; cut to 15 bytes.
    /// Throws `PluginLoadError.noThread` when the system refuses to start one.
    package init(count: Int, name: String) throws(PluginLoadError) {
        self.count = max(1, count)
        for _ in 0..<self.count {
            try Thread.start(name: name) { [queue] in
                while let work = queue.take() { work() }
            }
        }
    }

    deinit {
        for _ in 0..<count { queue.signal.signal() }
    }

    /// Gives the threads something to do, and does not wait for it.
    package func perform(_ work: @escaping @Sendable () -> Void) {
        queue.state.withLock { $0.work.append(work) }
        queue.signal.signal()
    }

    /// Does something on one of the threads and waits for its result; nil when it is not there in time.
    ///
    /// Work that is late still runs to its end; its result is passed to `late`.
    package func result<Result: Sendable>(
        within limit: Duration,
        of work: @escaping @Sendable () -> Result,
        late: @escaping @Sendable (Result) -> Void = { _ in }
    ) async -> Result? {
        await withCheckedContinuation { continuation in
            let waiter = OneResult(continuation)
            let timer = Task {
                // Ends early only by being cancelled, when the result is there.
                try? await Task.sleep(for: limit, clock: .suspending)
                waiter.resume(nil)
            }
            perform {
                let result = work()
                if !waiter.resume(result) { late(result) }
                timer.cancel()
            }
        }
    }
}

/// A continuation that several may try to resume; the first one does.
private final class OneResult<Result: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Result?, Never>?>

    init(_ continuation: CheckedContinuation<Result?, Never>) {
        self.continuation = Mutex(continuation)
    }

    @discardableResult
    func resume(_ result: Result?) -> Bool {
        let continuation = continuation.withLock { $0.take() }
        continuation?.resume(returning: result)
        return continuation != nil
    }
}
