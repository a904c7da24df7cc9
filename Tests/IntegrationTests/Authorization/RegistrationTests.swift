import JSON
import Sealing
import TestSupport
import Testing

@Suite("Registration of clients (RFC 7591)")
struct RegistrationTests {
    @Test func `a client gets an id and no secret unless it asks for one`() async throws {
        let site = try await LoginSite.shared()
        let answer = try await site.register([
            "redirect_uris": ["http://localhost:1234/cb", "https://client.example/cb"], "client_name": "A",
            "application_type": "native", "logo_uri": "http://127.0.0.1:1/canary",
            "grant_types": ["authorization_code"],
        ])
        #expect(answer.status == 201)
        #expect(answer.field("Cache-Control") == "no-store")
        #expect(answer.json?["client_id"]?.string?.isEmpty == false)
        #expect(answer.json?["client_secret"] == nil)
        #expect(answer.json?["token_endpoint_auth_method"] == "none")
        #expect(answer.json?["grant_types"] == ["authorization_code"])
    }

    @Test func `one that asks for a secret has to use it`() async throws {
        let site = try await LoginSite.shared()
        let answer = try await site.register([
            "redirect_uris": ["https://client.example/cb"], "token_endpoint_auth_method": "client_secret_post",
        ])
        let id = try #require(answer.json?["client_id"]?.string)
        let secret = try #require(answer.json?["client_secret"]?.string)
        let form = ["grant_type": "refresh_token", "refresh_token": "x", "client_id": id]
        #expect(try await site.post("/token", form).json?["error"] == "invalid_client")
        let wrong = form.merging(["client_secret": secret + "x"]) { $1 }
        #expect(try await site.post("/token", wrong).json?["error"] == "invalid_client")
        let right = form.merging(["client_secret": secret]) { $1 }
        #expect(try await site.post("/token", right).json?["error"] == "invalid_grant")
    }

    @Test(arguments: [
        ("[]", "invalid_client_metadata"), ("not json", "invalid_client_metadata"), ("{}", "invalid_redirect_uri"),
        (#"{"redirect_uris": ["http://evil.example/cb"]}"#, "invalid_redirect_uri"),
        (#"{"redirect_uris": ["javascript:alert(1)"]}"#, "invalid_redirect_uri"),
        (#"{"redirect_uris": ["https://a.example/#x"]}"#, "invalid_redirect_uri"),
        (#"{"redirect_uris": ["https://a.example/", "myapp://cb"]}"#, "invalid_redirect_uri"),
        (#"{"redirect_uris": []}"#, "invalid_redirect_uri"),
        (#"{"redirect_uris": ["https://a.example/"], "grant_types": ["password"]}"#, "invalid_client_metadata"),
        (#"{"redirect_uris": ["https://a.example/"], "token_endpoint_auth_method": "x"}"#, "invalid_client_metadata"),
        (
            #"{"redirect_uris": ["https://a.example/"], "redirect_uris": ["https://b.example/"]}"#,
            "invalid_client_metadata"
        ),
    ])
    func `what cannot be a client is refused`(_ body: String, _ error: String) async throws {
        let site = try await LoginSite.shared()
        let type = ["Content-Type: application/json"]
        let answer = try await site.gateway.exchange(WireRequest("POST", "/register", type, body: Array(body.utf8)))
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?.string == error)
    }

    @Test(arguments: [(16 << 10, 201), ((16 << 10) + 1, 400)])
    func `a registration has a size`(_ bytes: Int, _ status: Int) async throws {
        let site = try await LoginSite.shared()
        let begin = #"{"redirect_uris": ["https://a.example/"], "x": ""#
        let body = begin + String(repeating: "x", count: bytes - begin.utf8.count - 2) + #""}"#
        let type = ["Content-Type: application/json"]
        let answer = try await site.gateway.exchange(WireRequest("POST", "/register", type, body: Array(body.utf8)))
        #expect(answer.status == status)
    }

    @Test func `a form is no registration`() async throws {
        #expect(try await LoginSite.shared().post("/register", ["redirect_uris": "https://a.example/"]).status == 415)
    }

    @Test func `a client with an unlisted scheme is refused, and the listed one of an editor is taken`() async throws {
        let site = try await LoginSite.shared()
        let answer = try await site.register([
            "redirect_uris": ["cursor://anysphere.cursor-mcp/oauth/callback", "http://localhost:8787/callback"]
        ])
        #expect(answer.status == 201)
    }

    @Test func `an address that registers too often has to wait`() async throws {
        let provider = try await FakeProvider.start()
        var settings = try LoginSite.settings(provider, .init(), "")
        settings.furtherLines = "limits: {registrations_per_minute: 2, token_failures_per_minute: 2}"
        try await GatewayProcess.with(settings) { gateway in
            let site = LoginSite(gateway: gateway, provider: provider, accountKey: .init())
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await site.register(["redirect_uris": ["https://a.example/"]]).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.contains(201) && statuses.contains(429))
            let form = ["grant_type": "refresh_token", "refresh_token": "x", "client_id": "nobody"]
            var answers: [WireAnswer] = []
            for _ in 0..<6 { answers.append(try await site.post("/token", form)) }
            #expect(answers.first?.status == 401)
            let limited = try #require(answers.first { $0.status == 429 })
            #expect(limited.field("Retry-After") != nil)
            #expect(try await site.get("/.well-known/oauth-authorization-server").status == 200)
        }
    }
}
