import GatewayCore
import Synchronization

/// Answers from a table, and remembers what was asked.
final class RecordedFetch: HTTPFetch {
    struct Answer {
        var status = 200
        var headers: [HTTPField] = []
        var body = ""
    }

    private let answers: Mutex<[String: Answer]>
    private let asked = Mutex<[FetchRequest]>([])

    /// By URL; every other one is answered with 404.
    init(_ answers: [String: Answer]) {
        self.answers = Mutex(answers)
    }

    var requests: [FetchRequest] { asked.withLock { $0 } }

    func set(_ url: String, _ answer: Answer?) { answers.withLock { $0[url] = answer } }

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        asked.withLock { $0.append(request) }
        let answer = answers.withLock { $0[request.url] } ?? Answer(status: 404)
        guard answer.status > 0 else { throw .unreachable("it is down") }
        return FetchResponse(status: answer.status, headers: answer.headers, body: Array(answer.body.utf8))
    }
}
