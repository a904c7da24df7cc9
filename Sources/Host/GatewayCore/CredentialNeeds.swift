import Synchronization

/// Remembers, until a call ends, what a source missed to do something for its caller.
///
/// A plugin hears of it too; but only the gateway can lead a person to a page of its own.
package final class CredentialNeeds: Sendable {
    /// How many calls are remembered at a time; the oldest is forgotten first.
    package static let capacity = 1024

    private struct State {
        var refusals: [RequestID: CredentialRefusal] = [:]
        var order: [RequestID] = []
    }

    private let state = Mutex(State())
    /// So that calls that missed nothing take no lock.
    private let count = Atomic<Int>(0)

    package init() {}

    /// Takes note of what the request of a call missed first.
    package func note(_ refusal: CredentialRefusal, in call: RequestID) {
        state.withLock { state in
            guard state.refusals[call] == nil else { return }
            if state.order.count >= Self.capacity { state.refusals[state.order.removeFirst()] = nil }
            state.refusals[call] = refusal
            state.order.append(call)
            count.store(state.refusals.count, ordering: .relaxed)
        }
    }

    /// What a call missed, once; nil for nothing.
    package func take(_ call: RequestID) -> CredentialRefusal? {
        guard count.load(ordering: .relaxed) > 0 else { return nil }
        return state.withLock { state in
            guard let refusal = state.refusals.removeValue(forKey: call) else { return nil }
            state.order.removeAll { $0 == call }
            count.store(state.refusals.count, ordering: .relaxed)
            return refusal
        }
    }
}
