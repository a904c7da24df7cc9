import CPluginAPI
import Synchronization

/// The calls an instance is working on, so that `cancel` finds the task of one.
final class OpenCalls: Sendable {
    private enum Entry {
        case running(Task<Void, Never>)
        /// Ended before its task was known.
        case ended
    }

    private let entries = Mutex<[beam_call: Entry]>([:])

    /// The call's task runs now, unless it has already ended.
    func started(_ call: beam_call, _ task: Task<Void, Never>) {
        entries.withLock { entries in
            if case .ended = entries[call] {
                entries[call] = nil
            } else {
                entries[call] = .running(task)
            }
        }
    }

    /// The call is complete.
    func ended(_ call: beam_call) {
        entries.withLock { entries in
            if case .running = entries[call] {
                entries[call] = nil
            } else {
                entries[call] = .ended
            }
        }
    }

    /// The call is no longer wanted; nothing happens when it has ended.
    func cancel(_ call: beam_call) {
        let task: Task<Void, Never>? = entries.withLock { entries in
            if case .running(let task) = entries[call] { return task }
            return nil
        }
        task?.cancel()
    }
}
