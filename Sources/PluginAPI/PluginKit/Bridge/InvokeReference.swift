import CPluginAPI
import Synchronization

/// Brings together an operation's id and its cancellation, whichever comes first.
final class InvokeReference: Sendable {
    private enum State {
        case starting
        case open(beam_call)
        case cancelled
    }

    private let state = Mutex<State>(.starting)

    /// The operation has an id; true when it was cancelled before it had one, and the caller must abort it.
    func started(_ id: beam_call) -> Bool {
        state.withLock { state in
            if case .cancelled = state { return true }
            state = .open(id)
            return false
        }
    }

    /// The operation is no longer wanted: its id, when it already has one.
    func cancel() -> beam_call? {
        state.withLock { state in
            defer { state = .cancelled }
            if case .open(let id) = state { return id }
            return nil
        }
    }
}
