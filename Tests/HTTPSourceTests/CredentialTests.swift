import GatewayCore
import HTTPSource
import Testing

@Suite("HTTP sources with a credential of the caller")
struct CredentialTests {
    private let fetch = RecordedFetch()

    private func request(_ credential: HTTPField) -> SourceRequest {
        SourceRequest(
            path: "/jobs",
            headers: [HTTPField("accept", "text/plain"), HTTPField("x-token", "plugin's")],
            maximumBytes: 100,
            deadline: .after(.seconds(60))
        ).with(credential)
    }

    @Test func `it takes the place of every other field of its name`() async throws {
        let source = try HTTPSource(
            name: "panda",
            baseURL: "https://panda.example/api",
            fetch: fetch,
            headers: [HTTPField("X-Token", "operator's"), HTTPField("Origin", "atlas")],
            forwardedHeaders: ["accept", "x-token"]
        )
        _ = try await source.request(request(HTTPField("x-TOKEN", "caller's")))
        let sent = try #require(fetch.requests.first)
        #expect(sent.url == "https://panda.example/api/jobs")
        #expect(
            sent.headers == [
                HTTPField("accept", "text/plain"), HTTPField("Origin", "atlas"), HTTPField("x-TOKEN", "caller's"),
            ]
        )
    }

    @Test(arguments: [
        ("https://panda.example", true), ("http://127.0.0.1:8080", true), ("http://127.9.0.1", true),
        ("http://localhost/x", true), ("HTTP://LOCALHOST:1", true), ("http://[::1]:80/x", true), ("http://[::1]", true),
        ("http://panda.example", false), ("http://10.0.0.1", false), ("http://127.0.0.1.example.org", false),
        ("http://localhost.example.org", false), ("http://127.example.org", false), ("http://[::2]", false),
        ("http://[::1].example.org", false), ("http://128.0.0.1", false), ("http://127.0.1", false),
    ])
    func `it goes over TLS, or stays on this machine`(_ base: String, _ isSent: Bool) async throws {
        guard
            let source = try? HTTPSource(
                name: "panda",
                baseURL: base,
                fetch: fetch,
                forwardedHeaders: ["accept", "x-token"]
            )
        else {
            #expect(!isSent)
            return
        }
        let answer = try? await source.request(request(HTTPField("Authorization", "Bearer t")))
        #expect((answer != nil) == isSent && fetch.requests.isEmpty == !isSent)
    }
}
