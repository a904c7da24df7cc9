import MCPModel
import Synchronization

/// The requests of one session that can be cancelled by a message of the same session.
final class RunningRequests: Sendable {
    private struct Entry {
        let id: RequestIdentifier
        let number: UInt64
        let cancel: @Sendable () -> Void
        var isCancelled = false
    }

    private struct State {
        var entries: [Entry] = []
        var count: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// At most `limit` requests can be cancelled at a time.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a request in.
    /// - Returns: its number, to be given to `end`; nil when there are too many already, and this one cannot be cancelled.
    func begin(_ id: RequestIdentifier, cancel: @escaping @Sendable () -> Void) -> UInt64? {
        state.withLock { state in
            guard state.entries.count < limit else { return nil }
            state.count += 1
            state.entries.append(Entry(id: id, number: state.count, cancel: cancel))
            return state.count
        }
    }

    /// Takes a request out.
    func end(_ number: UInt64?) {
        state.withLock { state in state.entries.removeAll { $0.number == number } }
    }

    /// Whether a request was cancelled, and its answer is not wanted.
    func isCancelled(_ number: UInt64?) -> Bool {
        state.withLock { state in state.entries.contains { $0.number == number && $0.isCancelled } }
    }

    /// Cancels a request; an id that is unknown, or was answered meanwhile, is ignored.
    func cancel(_ id: RequestIdentifier) {
        let cancellations = state.withLock { state in
            var found: [@Sendable () -> Void] = []
            for position in state.entries.indices where state.entries[position].id == id {
                state.entries[position].isCancelled = true
                found.append(state.entries[position].cancel)
            }
            return found
        }
        for cancel in cancellations { cancel() }
    }
}
