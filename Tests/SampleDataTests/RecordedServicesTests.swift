import GatewayCore
import HTTPServer
import SampleData
import Testing

@Suite struct RecordedServicesTests {
    func respond(_ path: String, _ query: String?) async -> HTTPResponse {
        let services = RecordedServices(now: { SampleInstant(seconds: 1_795_236_000) })
        return await services.respond(
            to: HTTPRequest(method: "GET", path: path, query: query, headers: HTTPHeaderFields([]), body: [])
        )
    }

    @Test func `an answer becomes a response`() async {
        let response = await respond("/rubin/idds/ping", nil)
        #expect(response.status == 200)
        #expect(response.headers.first { $0.name == "Content-Type" }?.value == "application/json")
        guard case .bytes(let bytes) = response.body else {
            Issue.record("no body")
            return
        }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"Status":"OK"}"#)
    }

    @Test func `a redirect keeps its location`() async {
        let response = await respond("/atlas/task/abc/", "json")
        #expect(response.status == 302)
        #expect(response.headers.first { $0.name == "Location" }?.value == "/atlas/task/")
    }
}
