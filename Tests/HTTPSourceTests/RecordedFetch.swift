import GatewayCore
import Synchronization

/// Answers every request with the same thing and remembers the requests.
final class RecordedFetch: HTTPFetch {
    private let answer: Result<FetchResponse, FetchError>
    private let recorded = Mutex<[FetchRequest]>([])

    init(_ answer: Result<FetchResponse, FetchError> = .success(FetchResponse(status: 200, headers: [], body: []))) {
        self.answer = answer
    }

    var requests: [FetchRequest] { recorded.withLock { $0 } }

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        recorded.withLock { $0.append(request) }
        return try answer.get()
    }
}
