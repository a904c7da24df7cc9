import MCPServer
import Synchronization

/// Keeps the refusals it is told of.
final class RecordedFailures: FailureReporting {
    private let recorded = Mutex<[RefusedRequest]>([])

    var reasons: [RefusedRequest.Reason] { recorded.withLock { $0.map(\.reason) } }

    func report(_ failure: RefusedRequest) {
        recorded.withLock { $0.append(failure) }
    }
}
