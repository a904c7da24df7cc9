import GatewayCore
import Synchronization

/// A source whose statements last until they are let go, one after another.
final class HeldSource: DataSource {
    private struct State {
        var held: [(statement: String, continuation: CheckedContinuation<Void, Never>)] = []
        var arrivals: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let failure: SourceError?

    /// Its statements end in a failure, or in no rows.
    init(failing failure: SourceError? = nil) {
        self.failure = failure
    }

    var kind: SourceKind { .sql }

    /// The statements that run now, in the order they came.
    var running: [String] { state.withLock { $0.held.map(\.statement) } }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        await withCheckedContinuation { continuation in
            let arrived = state.withLock { state in
                state.held.append((query.statement, continuation))
                let ready = state.arrivals.filter { $0.count <= state.held.count }
                state.arrivals.removeAll { $0.count <= state.held.count }
                return ready
            }
            for arrival in arrived {
                arrival.continuation.resume()
            }
        }
        if let failure { throw failure }
        return .numbers("[]", count: 0)
    }

    /// Waits until so many statements run.
    func waitUntilRunning(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.held.count >= count { return true }
                state.arrivals.append((count, continuation))
                return false
            }
            if isReady { continuation.resume() }
        }
    }

    /// Ends the statement that has run longest.
    func letGo() {
        let first = state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }
        first?.continuation.resume()
    }
}
