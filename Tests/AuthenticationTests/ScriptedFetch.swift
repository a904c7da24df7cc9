import GatewayCore
import Synchronization

/// Answers from a table and counts; what is not in the table is unreachable.
final class ScriptedFetch: HTTPFetch {
    private struct State {
        var responses: [String: FetchResponse] = [:]
        var requested: [String] = []
    }

    private let state = Mutex(State())

    func serve(_ url: String, _ body: [UInt8], status: Int = 200, cacheControl: String? = nil) {
        let headers = cacheControl.map { [HTTPField("Cache-Control", $0)] } ?? []
        state.withLock { $0.responses[url] = FetchResponse(status: status, headers: headers, body: body) }
    }

    func fail(_ url: String) {
        state.withLock { $0.responses[url] = nil }
    }

    var requested: [String] { state.withLock { $0.requested } }

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let response = state.withLock { state in
            state.requested.append(request.url)
            return state.responses[request.url]
        }
        // Lets others run, so that callers at the same time really meet.
        for _ in 0..<20 { await Task.yield() }
        guard let response else { throw .unreachable("not in the table") }
        guard response.body.count <= request.maximumBytes else { throw .tooLarge }
        return response
    }
}
