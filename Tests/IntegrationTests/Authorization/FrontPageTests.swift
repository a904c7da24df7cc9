import JSON
import Sealing
import TestSupport
import Testing

@Suite("The front page (/)")
struct FrontPageTests {
    private func signedIn(_ behaviour: FakeProvider.Behaviour) async throws -> Browser {
        var browser = Browser(try await LoginSite.shared(), as: "front-\(Int.random(in: 1...Int.max))")
        _ = try await browser.signIn(at: behaviour)
        return browser
    }

    @Test func `who is not signed in reads how to connect, which experiments there are, and where to sign in`()
        async throws
    {
        let site = try await LoginSite.shared()
        let page = try await site.get("/")
        #expect(page.status == 200)
        #expect(page.field("Content-Type") == "text/html; charset=utf-8")
        #expect(page.field("Content-Security-Policy")?.hasPrefix("default-src 'none'; style-src 'self'") == true)
        #expect(page.field("Cache-Control") == "no-store")
        #expect(page.text.contains(#"<a class="button main" href="\#(site.issuer)/account">Sign in</a>"#))
        for client in ["Claude (web", "Claude Code", "ChatGPT", "VS Code", "Cursor", "Open WebUI", "Python"] {
            #expect(page.text.contains("<summary>\(client)"), "\(client)")
        }
        #expect(page.text.contains("claude mcp add --transport http beamline \(site.resource)</pre>"))
        for path in ["/mcp", "/mcp/atlas", "/mcp/epic", "/mcp/rubin"] {
            #expect(page.text.contains(#"<dd class="copy">\#(site.issuer)\#(path)</dd>"#), "\(path)")
        }
        #expect(page.text.contains("<h3>epic</h3>") && page.text.contains("Login &lt;good&gt;"))
        #expect(!page.text.contains("epic_panda_list_jobs"), "tools are for those who may use them")
        #expect(!page.text.contains("<script") && !page.text.contains("style="))
    }

    @Test func `who is signed in reads what they may use, and what a further role would need`() async throws {
        var browser = try await signedIn(.good)
        let page = try await browser.get("/")
        #expect(page.text.contains("You are signed in as <strong>ada</strong>"))
        #expect(page.text.contains("<code>epic.user</code>") && page.text.contains("<code>epic_panda_list_jobs</code>"))
        #expect(!page.text.contains("<code>atlas_panda_study_job</code>"))
        let atlas = try #require(page.text.firstMatch(of: /(?s)You have no role at atlas.*?<\/section>/)).output
        #expect(atlas.contains("At Login &lt;good&gt;, your login, one of these groups gives it"))
        #expect(atlas.contains("<code>userinfo-group</code>, which gives <code>atlas.user</code>"))
        #expect(atlas.contains("To be added, ask Ada &lt;the secretary&gt;, and log in again then."))
        #expect(atlas.contains("/account#logins"), "a login they do not have yet can be linked")
    }

    @Test func `who has no role anywhere reads which groups would give one`() async throws {
        var browser = try await signedIn(.nogroup)
        let page = try await browser.get("/")
        #expect(page.status == 200 && !page.text.contains("You may use"))
        for title in ["atlas", "epic", "rubin"] {
            #expect(page.text.contains("You have no role at \(title)"), "\(title)")
        }
        #expect(page.text.contains(#"<a href="mailto:groups@epic.example">groups@epic.example</a>"#))
        let account = try await browser.get("/account")
        #expect(
            account.text.contains(
                "<code>epic-members</code>, which gives <code>epic.user</code>, <code>rubin.user</code>"
            )
        )
    }

    @Test(arguments: [("POST", ""), ("GET", "text/event-stream"), ("GET", "application/json, text/html;q=0.0")])
    func `programs are told where the endpoint is`(_ method: String, _ accepted: String) async throws {
        let site = try await LoginSite.shared()
        let fields = accepted.isEmpty ? ["Content-Type: application/json"] : ["Accept: \(accepted)"]
        let body = method == "POST" ? Array(#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#.utf8) : []
        let answer = try await site.gateway.exchange(WireRequest(method, "/", fields, body: body))
        #expect(answer.status == 404)
        #expect(answer.text.contains("The MCP endpoint is \(site.resource)."))
    }

    @Test(arguments: ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "TEXT/HTML; q=0.5"])
    func `browsers get the page`(_ accepted: String) async throws {
        let site = try await LoginSite.shared()
        #expect(try await site.get("/", ["Accept: \(accepted)"]).status == 200)
        var other = WireRequest("GET", "/", ["Accept: \(accepted)"])
        other.host = "evil.example"
        #expect(try await site.gateway.exchange(other).status == 421)
    }

    @Test func `a view of the site's own is shown, below a path too`() async throws {
        let site = try await LoginSite.start(
            further: "views: [{path: /swf-monitor/mcp, namespaces: [epic], prefix: false}]"
        ) { $0.publicURL = "https://gw.example/lab" }
        for path in ["/", "/lab", "/lab/"] {
            let page = try await site.get(path)
            #expect(page.text.contains(#"<dd class="copy">https://gw.example/lab/swf-monitor/mcp</dd>"#), "\(path)")
            #expect(page.text.contains(#"href="https://gw.example/lab/account""#))
        }
        try await site.gateway.stop()
    }

    @Test func `a gateway that gives no tokens has no front page`() async throws {
        var settings = SiteSettings()
        settings.identity = "issuers: {elsewhere: {issuer: https://iam.example, jwks_url: https://iam.example/keys}}"
        try await GatewayProcess.with(settings) { gateway in
            let answer = try await gateway.exchange(WireRequest("GET", "/"))
            #expect(answer.status == 404 && answer.text.contains("There is nothing here."))
        }
    }
}
