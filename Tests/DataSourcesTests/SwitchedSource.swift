import GatewayCore
import Synchronization

/// A source that can be killed, hung and brought back while it is used.
final class SwitchedSource: DataSource {
    enum Behaviour: Hashable {
        case answers
        case fails(SourceError)
        /// Never answers, until the operation is cancelled.
        case hangs
    }

    private let state: Mutex<(behaviour: Behaviour, asked: Int)>

    init(_ behaviour: Behaviour) {
        state = Mutex((behaviour, 0))
    }

    var kind: SourceKind { .sql }

    /// How often the source itself was asked.
    var asked: Int { state.withLock { $0.asked } }

    func become(_ behaviour: Behaviour) {
        state.withLock { $0.behaviour = behaviour }
    }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        let behaviour = state.withLock { state in
            state.asked += 1
            return state.behaviour
        }
        switch behaviour {
        case .answers: return .numbers("[]", count: 0)
        case .fails(let error): throw error
        case .hangs:
            await Self.cancellation()
            throw .cancelled
        }
    }

    private static func cancellation() async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
    }
}
