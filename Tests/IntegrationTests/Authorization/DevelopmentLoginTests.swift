import Foundation
import JSON
import Sealing
import TestSupport
import Testing

/// The unmodified flow at a gateway that has nothing but the development issuer.
@Suite("The login of the development issuer")
struct DevelopmentLoginTests {
    /// The site as the browser of the tests wants it; there is no provider to go to.
    private func site(_ settings: SiteSettings = SiteSettings()) async throws -> (LoginSite, JSONValue) {
        let gateway = try await GatewayProcess.start(settings)
        let site = LoginSite(gateway: gateway, provider: try await FakeProvider.start(), accountKey: ES256Key())
        let key = try #require(FileManager.default.contents(atPath: gateway.issuerKey))
        return (site, try JSONValue(parsing: Array(key)))
    }

    private func logIn(
        _ browser: inout Browser,
        _ query: String,
        _ user: String,
        _ password: String
    ) async throws -> WireAnswer {
        let page = try await browser.agree(query)
        guard let ticket = Browser.ticket(in: page) else { throw SetupFailure("there is no form: \(page)") }
        return try await browser.post(
            "/login/password",
            ["ticket": ticket, "username": user, "password": password]
        )
    }

    @Test func `a client finds the login, and its user has every role`() async throws {
        let (site, key) = try await site()
        let password = try #require(key["password"]?.string)
        #expect(key["user"] == "you" && password.count == 19)
        let client = try await TestClient(site)
        var browser = Browser(site)
        let query = client.query(["scope": "atlas:read epic:read rubin:read"])
        let answer = try await logIn(&browser, query, "you", password)
        let code = try #require(Browser.refresh(in: answer).flatMap { Form.query(of: $0)["code"] })
        let tokens = try #require(try await client.redeem(code).json)
        let token = try #require(tokens["access_token"]?.string)
        let names = try await site.gateway.pluginToolNames(token: token)
        for namespace in ["atlas", "epic", "rubin"] {
            #expect(names.contains { $0.hasPrefix(namespace + "_") }, "\(namespace)")
        }
        let renewed = try await client.refresh(tokens["refresh_token"]?.string ?? "")
        #expect(renewed.status == 200)
        #expect(try await site.gateway.pluginToolNames(token: site.gateway.token()).count == names.count)

        let front = try await browser.get("/")
        #expect(front.text.contains("You are signed in as <strong>you</strong>"))
        #expect(front.text.contains(#"<p class="notice">For development on this machine"#))
        #expect(!site.gateway.log.contains(password), "it is shown in the key file and nowhere else")
        try await site.gateway.stop()
    }

    @Test(
        .enabled(
            if: PythonClient.folder != nil,
            "Set BEAMLINE_MCP_CLIENTS to what the script of that name installed."
        ),
        arguments: PythonClient.allCases
    )
    func `an official client needs the address alone`(_ client: PythonClient) async throws {
        let (site, key) = try await site()
        let question: JSONValue = [
            "url": .string(site.resource), "version": client == .stateless ? 2 : 1,
            "fields": ["username": "you", "password": key["password"] ?? ""], "buttons": [["decision", "allow"]],
        ]
        let run = try await ProgramRun.run(
            "\(PythonClient.folder ?? "")/\(client.rawValue)/bin/python",
            [
                "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/login.py",
                String(decoding: question.serialized, as: UTF8.self),
            ]
        )
        let tools = (try? JSONValue(parsing: run.output))?["tools"]?.array ?? []
        #expect(tools.contains("atlas_panda_study_job") && tools.contains("epic_panda_list_jobs"), "\(run)")
        try await site.gateway.stop()
    }

    @Test func `a wrong name or password is asked for again, and a form counts once`() async throws {
        let (site, key) = try await site()
        let password = try #require(key["password"]?.string)
        let client = try await TestClient(site)
        for (user, typed) in [("you", ""), ("you", "x"), ("me", password), ("", password), ("you", password + " ")] {
            var browser = Browser(site)
            let again = try await logIn(&browser, client.query(), user, typed)
            #expect(again.status == 200 && again.text.contains("The name or the password is wrong."))
            let form = ["ticket": Browser.ticket(in: again) ?? "", "username": "you", "password": password]
            let second = try await browser.post("/login/password", form)
            #expect(Browser.refresh(in: second)?.contains("code=") == true)
            #expect(try await browser.post("/login/password", form).text.contains("This page is too old"))
        }
        var (first, stranger) = (Browser(site), Browser(site))
        let page = try await first.agree(client.query())
        let form = ["ticket": Browser.ticket(in: page) ?? "", "username": "you", "password": password]
        #expect(try await stranger.post("/login/password", form).text.contains("This page is too old"))
        let elsewhere = try await first.post("/login/password", form, ["Origin: http://evil.example"])
        #expect(elsewhere.status == 403)
        try await site.gateway.stop()
    }

    @Test func `guesses are counted`() async throws {
        var settings = SiteSettings()
        settings.furtherLines = "limits: {token_failures_per_minute: 1}"
        let (site, key) = try await site(settings)
        let client = try await TestClient(site)
        var browser = Browser(site)
        #expect(try await logIn(&browser, client.query(), "you", "x").status == 200)
        let answer = try await logIn(&browser, client.query(), "you", key["password"]?.string ?? "")
        #expect(answer.status == 429)
        try await site.gateway.stop()
    }

    @Test func `the user has the roles and the name that the site gives`() async throws {
        var settings = SiteSettings()
        settings.identity = "identity: {development: true, development_user: {name: ada.l, roles: [epic.user]}}"
        let (site, key) = try await site(settings)
        var browser = Browser(site)
        let answer = try await logIn(
            &browser,
            try await TestClient(site).query(["scope": "atlas:read epic:read"]),
            "ada.l",
            key["password"]?.string ?? ""
        )
        #expect(Browser.refresh(in: answer)?.contains("code=") == true)
        let front = try await browser.get("/")
        #expect(front.text.contains("<code>epic.user</code>") && front.text.contains("You have no role at atlas"))
        try await site.gateway.stop()
    }

    @Test(arguments: [
        ("{name: a b}", "identity.development_user.name"), ("{name: ada/l}", "identity.development_user.name"),
        ("{roles: [epik.user]}", "did you mean `epic`?"),
    ])
    func `a user that cannot be is said so`(_ user: String, _ expected: String) async throws {
        var settings = SiteSettings()
        settings.identity = "identity: {development: true, development_user: \(user)}"
        let (configuration, _) = try await GatewayProcess.write(settings)
        let run = try await ProgramRun.beamline("check", "--config", configuration)
        #expect(run.exitStatus == 1 && run.errorOutput.contains(expected), "\(run)")
    }
}
