import JSON
import MCPModel
import Synchronization

/// The questions of one session that its client has not answered.
final class PendingAnswers: Sendable {
    private struct State {
        var count: UInt64 = 0
        var waiting: [String: CheckedContinuation<JSONNode?, Never>] = [:]
        var isEnded = false
    }

    private let state = Mutex(State())

    /// Sends a question under a new id and waits for its answer.
    /// - Returns: nil when the client answers with an error, the session ends, or the task is cancelled.
    func ask(_ send: @Sendable (_ id: String) -> Void) async -> JSONNode? {
        let id = state.withLock { state in
            state.count += 1
            return "beamline-\(state.count)"
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    guard !state.isEnded, !Task.isCancelled else { return false }
                    state.waiting[id] = continuation
                    return true
                }
                if isOpen { send(id) } else { continuation.resume(returning: nil) }
            }
        } onCancel: {
            take(id)?.resume(returning: nil)
        }
    }

    /// Takes an answer; one that nobody waits for is dropped.
    func answer(_ response: JSONRPCResponse) {
        guard let id = response.id else { return }
        take(id)?.resume(returning: response.result)
    }

    /// Ends all waiting, now and later.
    func end() {
        let waiting = state.withLock { state in
            state.isEnded = true
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    private func take(_ id: String) -> CheckedContinuation<JSONNode?, Never>? {
        state.withLock { $0.waiting.removeValue(forKey: id) }
    }
}
