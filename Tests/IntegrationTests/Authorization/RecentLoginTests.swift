import Foundation
import JSON
import TestSupport
import Testing

@Suite("Calls that need a recent login")
struct RecentLoginTests {
    private static let rules = """
        policy:
          rules: [{namespace: epic, match: panda_list_jobs, call: {auth_age: 1h}}]
        """

    private func call(_ site: LoginSite, _ token: String) async throws -> WireAnswer {
        try await site.gateway.exchange(site.gateway.callMessage("epic_panda_list_jobs", ["limit": 1], token: token))
    }

    @Test func `an old login is challenged, and the next login of the client is a new one`() async throws {
        let site = try await LoginSite.start(further: Self.rules)
        let client = try await TestClient(site)
        var browser = Browser(site)
        let old = try await client.token(of: &browser, at: .stale, scope: "epic:read")
        let challenged = try await call(site, old)
        #expect(challenged.status == 401)
        let challenge = try #require(challenged.field("WWW-Authenticate"))
        #expect(
            challenge.contains(#"error="insufficient_user_authentication""#) && challenge.contains(#"max_age="3600""#)
        )
        #expect(challenged.json?["result"]?["_meta"]?["mcp/www_authenticate"]?.array == [.string(challenge)])

        // The client says nothing of an age, as most do; the browser still has its login.
        let fresh = try await client.token(of: &browser, at: .stale, scope: "epic:read")
        #expect(site.provider.maximumAges.last == "3600")
        #expect(try await call(site, fresh).json?["result"]?["isError"] == false)
        try await site.gateway.stop()
    }

    @Test(arguments: [FakeProvider.Behaviour.stuck, .timeless])
    func `a provider that makes nobody log in anew ends in a page, and the client is not sent round`(
        behaviour: FakeProvider.Behaviour
    ) async throws {
        let site = try await LoginSite.start(further: Self.rules)
        let client = try await TestClient(site)
        var browser = Browser(site)
        let old = try await client.token(of: &browser, at: behaviour, scope: "epic:read")
        for status in [401, 401, 200] { #expect(try await call(site, old).status == status) }
        let answer = try await call(site, old)
        #expect(answer.json?["result"]?["structuredContent"]?["error"]?["code"] == "forbidden")

        let chooser = try await browser.agree(client.query(["scope": "epic:read"]))
        let callback = try await browser.visitProvider(try await browser.choose(behaviour, on: chooser))
        let again = try await browser.get(Browser.target(callback))
        var last = again
        // One that was not asked with force is asked once more.
        if again.status == 303 {
            let back = try await browser.visitProvider(again.field("Location") ?? "")
            last = try await browser.get(Browser.target(back))
        }
        #expect(last.status == 403 && last.text.contains("You have to log in again"), "\(last)")
        try await site.gateway.stop()
    }

    @Test func `a service account that nobody stands behind is told so at once`() async throws {
        let site = try await LoginSite.start(further: Self.rules)
        let answer = try await call(site, LoginSite.key(for: "bots"))
        #expect(answer.status == 200)
        #expect(answer.json?["result"]?["structuredContent"]?["error"]?["code"] == "forbidden")
        try await site.gateway.stop()
    }
}
