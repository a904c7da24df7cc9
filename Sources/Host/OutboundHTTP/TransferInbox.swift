import GatewayCore
import Synchronization

/// Where tasks leave requests for the transfer thread.
final class TransferInbox: Sendable {
    /// What the thread has to do next.
    struct Work {
        let starts: [Submission]
        let cancellations: [Submission]
        let isClosed: Bool
        /// The longest the thread may sleep so that no waiting request misses its deadline, in milliseconds.
        let sleepMilliseconds: Int
    }

    private struct State {
        var queue: TransferQueue<Submission>
        var cancellations: [Submission] = []
        var waker: LoopWaker?
        var isClosed = false
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    /// How long the thread sleeps when nothing is due.
    private static let idleMilliseconds = 60_000
    private static let closed = FetchError.unreachable("the outbound client is shut down")

    private let state: Mutex<State>

    init(limits: OutboundLimits) {
        state = Mutex(State(queue: TransferQueue(limits: limits)))
    }

    // MARK: - For tasks

    /// Queues a request, or settles it with the reason why not.
    func submit(_ submission: Submission) {
        let refusal: FetchError? = state.withLock { state in
            guard !state.isClosed else { return Self.closed }
            guard state.queue.admit(submission, origin: submission.request.url.origin) else {
                return .unreachable("too many outgoing requests are waiting")
            }
            state.waker?.wake()
            return nil
        }
        if let refusal { submission.settle(.failure(refusal)) }
    }

    /// Settles a request as cancelled and has its transfer ended.
    func cancel(_ submission: Submission) {
        submission.settle(.failure(.cancelled))
        state.withLock { state in
            guard !state.isClosed, state.queue.removeWaiting(where: { $0 === submission }).isEmpty else { return }
            state.cancellations.append(submission)
            state.waker?.wake()
        }
    }

    /// Refuses what comes from now on and has the thread end.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.waker?.wake()
        }
    }

    /// Returns once the thread has released everything.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waitingForEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    // MARK: - For the thread

    func attach(_ waker: LoopWaker) {
        state.withLock { $0.waker = waker }
    }

    /// Takes what is to be done and settles waiting requests whose deadline has passed.
    func takeWork() -> Work {
        let (work, expired) = state.withLock { state in
            let expired = state.queue.removeWaiting { $0.request.deadline.hasPassed }
            let nearest = state.queue.waitingElements.map(\.request.deadline.remainingMilliseconds).min()
            let work = Work(
                starts: state.queue.takeReady(),
                cancellations: state.cancellations,
                isClosed: state.isClosed,
                sleepMilliseconds: min(Self.idleMilliseconds, (nearest ?? Self.idleMilliseconds) + 1)
            )
            state.cancellations = []
            return (work, expired)
        }
        for submission in expired { submission.settle(.failure(.timeout)) }
        return work
    }

    /// Gives back the place of a transfer that ended; answers whether another one may start now.
    func release(_ submission: Submission) -> Bool {
        state.withLock { state in
            state.queue.release(submission.request.url.origin)
            return state.queue.hasReady
        }
    }

    /// Closes, and forgets the waker: the multi handle behind it may go.
    func detach() {
        state.withLock { state in
            state.isClosed = true
            state.waker = nil
        }
    }

    /// Settles whoever still waits, and tells those who wait for the end.
    func end() {
        let (left, waitingForEnd) = state.withLock { state in
            state.isClosed = true
            state.hasEnded = true
            state.cancellations = []
            let left = state.queue.takeReady() + state.queue.removeWaiting { _ in true }
            defer { state.waitingForEnd = [] }
            return (left, state.waitingForEnd)
        }
        for submission in left { submission.settle(.failure(Self.closed)) }
        for continuation in waitingForEnd { continuation.resume() }
    }

    /// Settles a transfer that was under way when the client was closed.
    func abandon(_ submission: Submission) {
        submission.settle(.failure(Self.closed))
    }
}
