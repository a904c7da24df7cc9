import JSON
import MCPModel
import Synchronization

/// The questions of one session that its client has not answered.
final class PendingAnswers: Sendable {
    /// What came back.
    enum Reply: Sendable {
        case answer(JSONNode)
        /// The client answered with an error.
        case error
        /// The session ended, or the task was cancelled.
        case ended
    }

    private struct State {
        var count: UInt64 = 0
        var waiting: [String: CheckedContinuation<Reply, Never>] = [:]
        var isEnded = false
    }

    private let state = Mutex(State())

    /// Whether a question is open.
    var isWaiting: Bool { state.withLock { !$0.waiting.isEmpty } }

    /// Sends a question under a new id and waits for its answer; takes it back when nobody waits any more.
    func ask(send: @Sendable (_ id: String) -> Void, takeBack: @Sendable (_ id: String) -> Void) async -> Reply {
        let id = state.withLock { state in
            state.count += 1
            return "beamline-\(state.count)"
        }
        let reply = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    guard !state.isEnded, !Task.isCancelled else { return false }
                    state.waiting[id] = continuation
                    return true
                }
                if isOpen { send(id) } else { continuation.resume(returning: .ended) }
            }
        } onCancel: {
            take(id)?.resume(returning: .ended)
        }
        // The client of a session that has ended needs not be told.
        if case .ended = reply, !state.withLock({ $0.isEnded }) { takeBack(id) }
        return reply
    }

    /// Takes an answer; one that nobody waits for is dropped.
    func answer(_ response: JSONRPCResponse) {
        guard let id = response.id else { return }
        take(id)?.resume(returning: response.result.map(Reply.answer) ?? .error)
    }

    /// Ends all waiting; for good when the session has ended.
    func end(forGood: Bool) {
        let waiting = state.withLock { state in
            if forGood { state.isEnded = true }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: .ended) }
    }

    private func take(_ id: String) -> CheckedContinuation<Reply, Never>? {
        state.withLock { $0.waiting.removeValue(forKey: id) }
    }
}
