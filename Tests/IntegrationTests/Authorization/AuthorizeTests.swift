import JSON
import TestSupport
import Testing

@Suite("Requests to act for somebody (/authorize)")
struct AuthorizeTests {
    @Test(
        arguments: [
            ["client_id": nil], ["client_id": "nobody"], ["client_id": "bots"], ["redirect_uri": nil],
            ["redirect_uri": "https://evil.example/"], ["redirect_uri": "http://127.0.0.1:9999/callback/"],
            ["redirect_uri": "http://127.0.0.1:9999/callback?x=1"], ["redirect_uri": "http://localhost:9999/callback"],
            ["redirect_uri": "http://127.0.0.1:9999@evil.example/callback"],
            ["redirect_uri": "http://127.0.0.1.evil.example/callback"], ["redirect_uri": "javascript:alert(1)"],
            ["client_id": "https://127.0.0.1/client.json"], ["client_id": "https://client.example/"],
            ["client_id": "http://169.254.169.254/latest/meta-data"],
        ] as [[String: String?]]
    )
    func `without a proven client and address the person reads it here, and no link leads away`(
        _ changes: [String: String?]
    ) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let answer = try await site.get("/authorize?" + client.query(changes))
        #expect(answer.status == 400)
        #expect(answer.field("Location") == nil)
        #expect(!answer.text.contains("href=\"http") || answer.text.contains("style.css"))
        #expect(!answer.text.contains("evil.example") && !answer.text.contains("javascript:"))
        #expect(Browser.refresh(in: answer) == nil)
    }

    @Test(
        arguments: [
            (["response_type": nil], "invalid_request"), (["response_type": "token"], "unsupported_response_type"),
            (["response_type": "id_token token"], "unsupported_response_type"),
            (["code_challenge": nil], "invalid_request"),
            (["code_challenge_method": "plain"], "invalid_request"),
            (["code_challenge_method": nil], "invalid_request"),
            (["code_challenge": "tooshort"], "invalid_request"),
            (["resource": "https://other.example/mcp"], "invalid_target"),
            (["request": "e30"], "request_not_supported"),
            (["request_uri": "http://127.0.0.1:1/canary"], "request_uri_not_supported"),
            (["response_mode": "form_post"], "invalid_request"), (["prompt": "none"], "login_required"),
        ] as [([String: String?], String)]
    )
    func `the client hears what is wrong, with its state and the issuer (RFC 9207)`(
        _ changes: [String: String?],
        _ error: String
    ) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let answer = try await site.get("/authorize?" + client.query(changes))
        #expect(answer.status == 303)
        let location = try #require(answer.field("Location"))
        #expect(location.hasPrefix(TestClient.redirectURI + "?"))
        let parameters = Form.query(of: location)
        #expect(parameters["error"] == error)
        #expect(parameters["state"] == "the-state")
        #expect(parameters["iss"] == site.issuer)
        #expect(parameters["code"] == nil)
    }

    @Test(arguments: ["client_id", "redirect_uri", "state", "code_challenge", "scope", "resource"])
    func `a parameter that is there twice is refused here`(_ name: String) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let answer = try await site.get("/authorize?" + client.query() + "&\(name)=other")
        #expect(answer.status == 400)
        #expect(answer.field("Location") == nil)
    }

    @Test(arguments: [
        ("http://127.0.0.1/callback", "http://127.0.0.1:41723/callback", 200),
        ("http://localhost/callback", "http://localhost:41723/callback", 200),
        ("http://[::1]/callback", "http://[::1]:41723/callback", 200),
        ("http://127.0.0.1/callback", "http://127.0.0.1:41723/other", 400),
        ("https://client.example/cb", "https://client.example:8443/cb", 400),
    ])
    func `only the port of a loopback address may differ (RFC 8252 section 7.3)`(
        _ registered: String,
        _ asked: String,
        _ status: Int
    ) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site, redirectURI: registered)
        #expect(try await site.get("/authorize?" + client.query(["redirect_uri": asked])).status == status)
    }

    @Test func `the consent page cannot be framed, scripted or kept`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let answer = try await site.get("/authorize?" + client.query())
        let policy = try #require(answer.field("Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(policy.contains("form-action 'self'") && policy.contains("base-uri 'none'"))
        #expect(answer.field("X-Frame-Options") == "DENY")
        #expect(answer.field("Cache-Control") == "no-store")
        #expect(answer.field("Referrer-Policy") == "same-origin")
        #expect(!answer.text.contains("<script") && !answer.text.contains("<img"))
        #expect(answer.text.contains("name=\"viewport\""))
        let cookie = try #require(answer.field("Set-Cookie"))
        #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"))
        #expect(!cookie.lowercased().contains("domain="))
    }

    @Test func `the consent page says whose word the name is, and where the answer goes`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site, name: "Claude <script>alert(1)</script>")
        let page = try await site.get("/authorize?" + client.query())
        #expect(page.text.contains("Claude &lt;script&gt;"))
        #expect(page.text.contains("nobody has checked its name"))
        #expect(page.text.contains(#"<p class="place">127.0.0.1</p>"#))
        #expect(page.text.contains("your own computer"))
        #expect(page.text.contains("<strong>epic</strong>: read jobs, tasks, queues, agents, workflows, data and logs"))
        #expect(page.text.contains("epic:read") && page.text.contains("rubin:read"))
    }

    @Test func `nothing goes upstream before somebody agrees, and no login cookie is set`() async throws {
        let site = try await LoginSite.start()
        let client = try await TestClient(site)
        var browser = Browser(site)
        _ = try await browser.get("/authorize?" + client.query())
        #expect(site.provider.requests.isEmpty)
        #expect(Set(browser.cookies.keys) == ["beamline-form"])
        let chooser = try await browser.agree(client.query())
        #expect(site.provider.requests.isEmpty)
        #expect(Set(browser.cookies.keys) == ["beamline-form", "beamline-login"])
        _ = try await browser.choose(.good, on: chooser)
        #expect(site.provider.requests == ["/good/.well-known/openid-configuration"])
        try await site.gateway.stop()
    }

    @Test func `the chooser has a button for each login, its label as text`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let chooser = try await browser.agree(client.query())
        for behaviour in FakeProvider.Behaviour.allCases {
            #expect(chooser.text.contains("Login &lt;\(behaviour.rawValue)&gt;</button>"))
        }
    }

    @Test func `who says no is sent back with that`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        let url = try #require(Browser.refresh(in: try await browser.agree(client.query(), "deny")))
        let parameters = Form.query(of: url)
        #expect(parameters["error"] == "access_denied")
        #expect(parameters["state"] == "the-state")
        #expect(parameters["iss"] == site.issuer)
    }

    @Test func `a form works once, in its own browser, and from our own page`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var (browser, thief) = (Browser(site), Browser(site))
        let page = try await browser.get("/authorize?" + client.query())
        let form = ["ticket": try #require(Browser.ticket(in: page)), "decision": "allow"]
        #expect(try await site.post("/login/consent", form).status == 400, "without a cookie")
        _ = try await thief.get("/authorize?" + client.query())
        #expect(try await thief.post("/login/consent", form).status == 400, "with another's cookie")
        for origin in ["https://evil.example", "null", "http://127.0.0.1"] {
            let answer = try await browser.post("/login/consent", form, ["Origin: \(origin)"])
            #expect(answer.status == 403, "\(origin)")
        }
        #expect(try await browser.post("/login/consent", form, ["Origin: \(site.issuer)"]).status == 200)
        #expect(try await browser.post("/login/consent", form).status == 400, "again")
    }

    @Test(arguments: [
        ["decision": "allow"], ["ticket": "x", "decision": "allow"], ["ticket": "x"],
        ["ticket": String(repeating: "A", count: 43), "decision": "allow"], ["decision": "other"],
    ])
    func `a form of nobody's is refused`(_ form: [String: String]) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        var browser = Browser(site)
        _ = try await browser.get("/authorize?" + client.query())
        #expect(try await browser.post("/login/consent", form).status == 400)
        #expect(try await browser.post("/login/choice", form).status == 400)
    }
}
