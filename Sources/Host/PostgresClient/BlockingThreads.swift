internal import Dispatch
internal import Synchronization

/// A few threads for calls that block; what comes first runs first.
///
/// They are threads of serial queues, which no task of the cooperative pool ever waits for.
final class BlockingThreads: Sendable {
    private struct State {
        var idle: [DispatchQueue]
        var jobs: [@Sendable () -> Void] = []
    }

    private let state: Mutex<State>

    init(count: Int, label: String) {
        state = Mutex(State(idle: (1...max(1, count)).map { DispatchQueue(label: "\(label).\($0)") }))
    }

    /// Runs a job when a thread is free.
    func run(_ job: @escaping @Sendable () -> Void) {
        let queue: DispatchQueue? = state.withLock { state in
            guard let queue = state.idle.popLast() else {
                state.jobs.append(job)
                return nil
            }
            return queue
        }
        guard let queue else { return }
        queue.async { self.work(job, on: queue) }
    }

    private func work(_ first: @Sendable () -> Void, on queue: DispatchQueue) {
        first()
        while let job = next(on: queue) {
            job()
        }
    }

    private func next(on queue: DispatchQueue) -> (@Sendable () -> Void)? {
        state.withLock { state in
            if !state.jobs.isEmpty { return state.jobs.removeFirst() }
            state.idle.append(queue)
            return nil
        }
    }
}
