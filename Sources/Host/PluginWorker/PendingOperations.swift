import GatewayCore
import Synchronization

/// The operations a plugin waits for: each is answered once.
final class PendingOperations: Sendable {
    private struct State {
        var last: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<ServiceReply, Never>] = [:]
        /// Aborted before anybody waited.
        var aborted: Set<UInt64> = []
    }

    private let state = Mutex(State())

    /// Begins an operation and waits for its reply; a cancelled task waits no longer.
    func wait(
        begin: @Sendable (UInt64) -> Void,
        aborted: @escaping @Sendable (UInt64) -> Void
    ) async -> ServiceReply {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        let reply = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWanted = state.withLock { state in
                    guard !state.aborted.contains(number) else { return false }
                    state.waiting[number] = continuation
                    return true
                }
                if isWanted { begin(number) } else { continuation.resume(returning: Self.cancelled) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                let continuation = state.waiting.removeValue(forKey: number)
                if continuation == nil { state.aborted.insert(number) }
                return continuation
            }
            guard let continuation else { return }
            aborted(number)
            continuation.resume(returning: Self.cancelled)
        }
        state.withLock { _ = $0.aborted.remove(number) }
        return reply
    }

    /// Gives the reply; of an operation that was aborted nobody waits for it.
    func end(_ number: UInt64, _ reply: ServiceReply) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: reply)
    }

    private static let cancelled = ServiceReply(status: .cancelled, body: [])
}
