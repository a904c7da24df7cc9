import Foundation
import JSON
import PostgresServer
import TestSupport
import Testing

@Suite("A service is asked for the caller")
struct SourceCredentialTests {
    @Test func `it sees the token of the caller's login, renewed when it wants another, and never the gateway's`()
        async throws
    {
        let site = try await ActingSite.start("[{kind: login_token, issuer: exchanging}]")
        let (_, token) = try await site.person(at: .exchanging)
        #expect(try await site.call(token)["structuredContent"]?["pandaid"] == 6_800_730_400)
        #expect(site.monitor.tokens == ["upstream-access-1"])
        #expect(site.desk.forms.isEmpty)

        // The provider takes the access token back; the refresh token is still good.
        site.desk.revokeAccess()
        let again = try await site.call(token)
        #expect(again["isError"] != true, "\(again)")
        #expect(site.monitor.tokens == ["upstream-access-1", "upstream-access-2"])
        #expect(site.desk.forms.map { $0["refresh_token"] } == ["upstream-refresh-1"])
        #expect(!site.monitor.shown.contains { $0?.contains(token) == true })

        let acts = try await site.trail("acted_at_source", 2)
        #expect(acts.allSatisfy { $0["source"] == "atlas-monitor" && $0["way"] == "login_token" })
        #expect(acts.allSatisfy { $0["subject"] == "exchanging-user" && $0["token_sha256"]?.string?.count == 16 })
        #expect(!"\(acts)".contains("upstream-"))
        let calls = try await site.trail("call", 2)
        #expect(Set(acts.map { $0["request_id"] }) == Set(calls.map { $0["request_id"] }))
        #expect(!site.site.gateway.log.contains("upstream-"))

        // All is taken back: the login is over, and so is what was granted by it.
        site.desk.revokeAll()
        let over = try await site.error(token)
        #expect(over?["code"] == "forbidden")
        #expect(over?["hint"]?.string?.contains("\(site.site.issuer)/account#logins") == true)
        try await site.site.gateway.stop()
    }

    @Test func `it sees a token for itself alone, exchanged for that of a login that was linked`() async throws {
        let site = try await ActingSite.start(
            "[{kind: token_exchange, issuer: exchanging, audience: atlas-monitor, scopes: [jobs]}]"
        )
        var (browser, token) = try await site.person()
        let missing = try await site.error(token)
        #expect(missing?["code"] == "forbidden")
        let words = "This is done for you with your login of Login <exchanging>, and you have not linked it here."
        #expect(missing?["message"]?.string == words)
        #expect(missing?["hint"]?.string == "Link the login at \(site.site.issuer)/account#logins, then call again.")
        #expect(site.monitor.shown.isEmpty)

        _ = try await browser.confirm(on: try await browser.link(.exchanging))
        for _ in 0..<3 { #expect(try await site.call(token)["isError"] != true) }
        #expect(site.monitor.tokens == ["for-atlas-monitor-2"])
        let form = try #require(site.desk.forms.first)
        #expect(site.desk.forms.count == 1, "it is kept")
        #expect(form["subject_token"] == "upstream-access-1" && form["audience"] == "atlas-monitor")
        #expect(form["scope"] == "jobs" && form["subject_token"] != token)
        #expect(try await site.trail("acted_at_source", 3).allSatisfy { $0["audience"] == "atlas-monitor" })

        let account = try await browser.get("/account")
        let handle = try #require(Browser.handle(of: "Login &lt;exchanging&gt;", in: account))
        _ = try await browser.act("unlink", ["login": handle], on: account)
        #expect(try await site.error(token)?["code"] == "forbidden")
        try await site.site.gateway.stop()
    }

    @Test func `it sees the gateway's own token where the site wants that, and only for reading`() async throws {
        let site = try await ActingSite.start(
            "[{kind: client_credentials, issuer: exchanging, audience: monitor}]"
        )
        let (_, token) = try await site.person()
        #expect(try await site.call(token)["isError"] != true)
        #expect(site.monitor.tokens == ["own-for-monitor-1"])
        #expect(site.desk.forms == [["grant_type": "client_credentials", "audience": "monitor"]])
        let act = try #require(try await site.trail("acted_at_source", 1).first)
        #expect(act["way"] == "client_credentials" && act["subject"] == "good-user")
        try await site.site.gateway.stop()
    }

    @Test func `its answers lead the token nowhere else`() async throws {
        let other = try await GuardedMonitor.start { _ in true }
        let site = try await ActingSite.start("[{kind: login_token, issuer: exchanging}]")
        let (_, token) = try await site.person(at: .exchanging)
        site.monitor.redirect(to: "http://127.0.0.1:\(other.port)")
        #expect(try await site.call(token)["isError"] == true)
        #expect(!site.monitor.shown.isEmpty && other.shown.isEmpty)
        try await site.site.gateway.stop()
    }

    @Test func `it sees the token that somebody gave on a page of the gateway, until they take it back`()
        async throws
    {
        let site = try await ActingSite.start("[\(ActingSite.portal)]")
        var (browser, token) = try await site.person()
        let missing = try await site.error(token)
        let path = "/account/token/atlas-monitor"
        #expect(missing?["hint"]?.string == "Give one at \(site.site.issuer)\(path), then call again.")
        let page = try await browser.get(path)
        #expect(page.status == 200 && page.field("Cache-Control") == "no-store")
        for text in ["The portal", "Ask the portal.", "<code>gt-</code>", "type=\"password\""] {
            #expect(page.text.contains(text), "\(text) is not in \(page.text)")
        }
        let form = ["source": "atlas-monitor", "token": "gt-good-0123456789.WXYZ"]
        let foreign = ["Origin: https://elsewhere.example"]
        #expect(try await browser.act("give-token", form, on: page, foreign).status == 403)
        #expect(try await browser.post("/account/give-token", form).status == 400)
        let wrong = try await browser.act("give-token", form.merging(["token": "password1"]) { $1 }, on: page)
        #expect(wrong.status == 400 && wrong.text.contains("begins with gt-") && !wrong.text.contains("password1"))
        #expect(try await site.error(token)?["code"] == "forbidden")

        let kept = try await browser.act("give-token", form, on: page)
        #expect(kept.status == 303 && kept.field("Location") == site.site.issuer + "/account#tokens")
        let given = try await site.call(token)
        #expect(given["structuredContent"]?["pandaid"] == 6_800_730_400, "\(given)")
        #expect(site.monitor.tokens == ["gt-good-0123456789.WXYZ"])
        let account = try await browser.get("/account")
        #expect(account.text.contains("WXYZ") && !account.text.contains("gt-good"))

        _ = try await browser.act("remove-token", ["source": "atlas-monitor"], on: account)
        #expect(try await site.error(token)?["code"] == "forbidden")
        #expect(try await site.trail("token_given", 1).first?["source"] == "atlas-monitor")
        #expect(try await site.trail("token_removed", 1).count == 1)
        for text in ["gt-good", "WXYZ"] {
            #expect(!site.site.gateway.log.contains(text))
            #expect(try await !"\(site.trail("acted_at_source", 1))".contains(text))
        }
        try await site.site.gateway.stop()
    }

    @Test func `one that it does not accept is said to be so, and no other person's is taken`() async throws {
        let site = try await ActingSite.start("[\(ActingSite.portal)]")
        var (browser, token) = try await site.person()
        var (stranger, other) = try await site.person(at: .exchanging)
        let form = ["source": "atlas-monitor", "token": "gt-bad-0123456789"]
        _ = try await browser.act("give-token", form, on: try await browser.get("/account/token/atlas-monitor"))
        let refused = try await site.error(token)
        #expect(refused?["message"]?.string == "The portal did not accept what stands for you.")
        #expect(refused?["hint"]?.string?.contains("/account/token/atlas-monitor") == true)
        #expect(site.monitor.shown.count == 1)
        #expect(try await site.error(other)?["hint"]?.string?.hasPrefix("Give one at") == true)
        #expect(try await stranger.get("/account").text.contains("There is none."))
        #expect(site.monitor.shown.count == 1)
        try await site.site.gateway.stop()
    }

    @Test func `two gateways with one database renew a login once, and forget it together`() async throws {
        let lines = try await SharedDatabase(SharedPostgresServer.server()).lines
        let first = try await ActingSite.start(
            "[{kind: login_token, issuer: exchanging}, \(ActingSite.portal)]",
            stateLines: lines
        )
        let second = try await first.second()
        let (_, token) = try await first.person(at: .exchanging)
        #expect(try await second.call(token)["isError"] != true)
        #expect(first.monitor.tokens == ["upstream-access-1"])

        // A refresh token that comes twice would end all of its person's.
        first.desk.revokeAccess()
        try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                let site = number.isMultiple(of: 2) ? first : second
                group.addTask { try await site.call(token)["isError"]?.bool != true }
            }
            for try await isGood in group { #expect(isGood) }
        }
        #expect(first.desk.forms.map { $0["refresh_token"] } == ["upstream-refresh-1"])
        #expect(first.monitor.tokens == ["upstream-access-1", "upstream-access-2"])

        let run = try await ProgramRun.beamline(
            "revoke",
            "--config",
            second.site.gateway.configuration,
            "--subject",
            "exchanging-user"
        )
        #expect(run.exitStatus == 0, "\(run)")
        for site in [first, second] { try await site.site.isTurnedAway(token) }
        for site in [first, second] { try await site.site.gateway.stop() }
    }

    @Test func `a source that is not asked for callers sends what it always did`() async throws {
        let site = try await ActingSite.start("[]")
        let (_, token) = try await site.person(at: .exchanging)
        _ = try await site.call(token)
        #expect(!site.monitor.shown.isEmpty && site.monitor.tokens.isEmpty)
        try await site.site.gateway.stop()
    }
}

@Suite(
    "Official clients lead their user to the page on which a token is given",
    .enabled(if: PythonClient.folder != nil, "Set BEAMLINE_MCP_CLIENTS to what scripts/mcp-clients installed.")
)
struct ClientCredentialTests {
    @Test(arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "auto")])
    func `the call that asked goes on once the token is there`(
        _ client: PythonClient,
        mode: String
    ) async throws {
        let site = try await ActingSite.start("[\(ActingSite.portal)]")
        let (_, token) = try await site.person()
        let question: JSONValue = [
            "url": .string(site.site.gateway.url), "token": .string(token), "mode": .string(mode),
            "version": client == .stateless ? 2 : 1, "tool": .string(ActingSite.tool),
            "arguments": ActingSite.arguments, "elicit": "accept",
            "page": ["token": .string("gt-good-of-\(client.rawValue)")],
        ]
        let answer = try await client.run(shared: "consent", question)
        let result = try #require(answer["results"]?.array?.first)
        #expect(result["structuredContent"]?["pandaid"] == 6_800_730_400, "\(answer)\n\(site.site.gateway.log)")
        #expect(answer["questions"]?.array?.count == 1)
        #expect(site.monitor.tokens == ["gt-good-of-\(client.rawValue)"])
        try await site.site.gateway.stop()
    }
}

@Suite(
    "A service is asked with the token of a real provider",
    .enabled(
        if: RealProvider.folder != nil && PythonClient.folder != nil,
        "Set BEAMLINE_OIDC_PROVIDERS and BEAMLINE_MCP_CLIENTS to what the scripts of that name installed."
    )
)
struct RealCredentialTests {
    private static let secret = "provider-secret"

    /// What the provider says of a token, as the service would ask it (RFC 7662).
    private static func introspected(_ token: String, at port: Int) async throws -> JSONValue? {
        let credential = Data("gateway:\(secret)".utf8).base64EncodedString()
        let fields = ["Content-Type: application/x-www-form-urlencoded", "Authorization: Basic \(credential)"]
        let body = Array(Form.write(["token": token]).utf8)
        let request = WireRequest("POST", "/oauth/introspect", fields, body: body)
        return try await WireConnection(port: port).exchange(request.bytes(port: port)).json
    }

    @Test(arguments: ["login_token", "client_credentials"])
    func `it asks the provider and hears who it is, and for whom`(_ kind: String) async throws {
        let folder = try RunFolder.current.subfolder("provider")
        let port = try FreePort.find()
        let monitor = try await GuardedMonitor.start { token in
            let answer = try await Self.introspected(token, at: port)
            guard answer?["active"] == true,
                [answer?["aud"]?.string, answer?["aud"]?.array?.first?.string].contains("gateway")
            else {
                return false
            }
            return kind == "login_token"
                ? answer?["sub"]?.string == "ada" : answer?["sub"] == nil || answer?["sub"]?.string != "ada"
        }
        var settings = SiteSettings()
        settings.monitorPort = monitor.port
        settings.monitorCredentials = "[{kind: \(kind), issuer: canaille}]"
        settings.identity = try RealProvider.canaille.identity(port: port, folder: folder)
        settings.furtherLines = "roles: [{issuer: canaille, group: epic-members, role: atlas.user}]"
        try await GatewayProcess.with(settings) { gateway in
            let callback = "http://127.0.0.1:\(gateway.port)/login/callback/canaille"
            let child = try RealProvider.canaille.start(port: port, callback: callback)
            try await RealProvider.canaille.isReady(child, port: port)
            let question: JSONValue = [
                "url": .string(gateway.url), "version": 2, "fields": RealProvider.canaille.fields,
                "buttons": [["decision", "allow"], ["answer", "accept"]],
                "call": ["name": .string(ActingSite.tool), "arguments": ActingSite.arguments],
            ]
            let run = try await ProgramRun.run(
                "\(PythonClient.folder ?? "")/\(PythonClient.stateless.rawValue)/bin/python",
                [
                    "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/login.py",
                    String(decoding: question.serialized, as: UTF8.self),
                ]
            )
            let result = try? JSONValue(parsing: run.output)["result"]
            #expect(result?["structuredContent"]?["pandaid"] == 6_800_730_400, "\(run)\n\(gateway.log)")
            #expect(!monitor.tokens.isEmpty)
            child.signal(SIGTERM)
            _ = try? await child.exitStatus(within: .seconds(120))
        }
    }
}
