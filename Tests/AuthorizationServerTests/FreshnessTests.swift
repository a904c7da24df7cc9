import AuthorizationServer
import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("Logins that are recent enough")
struct FreshnessTests {
    /// Agrees on the consent page: the parameters of the provider's login page, and the cookies; nil when there is none.
    private func agree(
        _ bench: Bench,
        _ query: String = Samples.query(),
        _ cookies: BrowserCookies = BrowserCookies()
    ) async throws -> (FormParameters, BrowserCookies)? {
        let consent = await bench.server.authorize(query, cookies)
        guard case .consent(let view) = consent.page else { return nil }
        let body = FormParameters.encode([(name: "ticket", value: view.ticket), (name: "decision", value: "allow")])
        let left = await bench.server.decide(Array(body.utf8), consent.cookies)
        guard case .leave(let url) = left.page, url.hasPrefix("https://idp.example/a?") else { return nil }
        return (try Bench.query(of: url), left.cookies)
    }

    /// What the provider is asked for after a step that leads there; nil for any other step.
    private func asked(_ step: BrowserStep) throws -> FormParameters? {
        guard case .leave(let url) = step.page, url.hasPrefix("https://idp.example/a?") else { return nil }
        return try Bench.query(of: url)
    }

    private func code(_ step: BrowserStep) throws -> String? {
        guard case .leave(let url) = step.page, url.hasPrefix("https://client.example/back") else { return nil }
        return try Bench.query(of: url)["code"]
    }

    private func status(_ step: BrowserStep) -> Int? {
        if case .refused(let status, _, _) = step.page { status } else { nil }
    }

    private func says(_ bench: Bench, ago seconds: Int64?) {
        bench.provider.state.withLock { $0.authenticatedAt = seconds.map { bench.clock.now - $0 } }
    }

    /// A browser in which somebody logged in, so many seconds ago.
    private func loggedIn(_ bench: Bench, ago seconds: Int64?) async throws -> BrowserCookies {
        says(bench, ago: seconds)
        let (state, cookies) = try await bench.agreed()
        return await bench.comeBack(state, cookies).cookies
    }

    @Test(arguments: [("login", Optional<String>.none), (nil, "300")] as [(String?, String?)])
    func `what the client asks for is carried to the provider`(prompt: String?, age: String?) async throws {
        let bench = try Bench()
        let (asked, _) = try #require(try await agree(bench, Samples.query(["prompt": prompt, "max_age": age])))
        #expect(asked["prompt"] == prompt)
        #expect(asked["max_age"] == age)
    }

    @Test(arguments: [(299 as Int64, true), (300, true), (301, false)])
    func `a login here serves while it is young enough`(seconds: Int64, serves: Bool) async throws {
        let bench = try Bench()
        let cookies = try await loggedIn(bench, ago: 0)
        bench.clock.advance(seconds)
        let query = Samples.query(["max_age": "300"])
        let step = await bench.server.authorize(query, cookies)
        #expect(try (code(step) != nil) == serves)
        guard !serves else { return }
        let (asked, _) = try #require(try await agree(bench, query, cookies))
        #expect(asked["prompt"] == "login" && asked["max_age"] == "300")
    }

    @Test func `who comes back with an old login is asked once more, and no oftener`() async throws {
        let bench = try Bench()
        says(bench, ago: 3600)
        let (first, cookies) = try #require(try await agree(bench, Samples.query(["max_age": "300"])))
        #expect(first["prompt"] == nil)
        let again = await bench.comeBack(first["state"] ?? "", cookies)
        let second = try #require(try asked(again))
        #expect(second["prompt"] == "login" && second["max_age"] == "300")
        let refused = await bench.comeBack(second["state"] ?? "", again.cookies)
        #expect(status(refused) == 403)
        #expect(bench.events.kinds.contains(.loginFailed))
        says(bench, ago: 0)
        let (third, fresh) = try #require(try await agree(bench, Samples.query(["max_age": "300"])))
        #expect(try code(await bench.comeBack(third["state"] ?? "", fresh)) != nil)
    }

    @Test func `a call that needs a recent login brings one about, though its client says nothing`() async throws {
        let bench = try Bench()
        let cookies = try await loggedIn(bench, ago: 0)
        bench.clock.advance(600)
        let ada = Principal(issuer: "https://idp.example", subject: "ada", client: "c1")
        await bench.server.demands.demand(loginOf: ada, within: 300)
        let (asked, left) = try #require(try await agree(bench, Samples.query(), cookies))
        #expect(asked["prompt"] == "login" && asked["max_age"] == "300")
        says(bench, ago: 10)
        let step = await bench.comeBack(asked["state"] ?? "", left)
        let tokens = try await bench.redeem(try #require(try code(step)))
        #expect(try Bench.claims(tokens)["auth_time"]?.integer == Int(bench.clock.now - 10))
        #expect(try code(await bench.server.authorize(Samples.query(), step.cookies)) != nil, "now it is recent")
    }

    @Test func `another browser, in which nobody is known yet, leads to it as well`() async throws {
        let bench = try Bench()
        let ada = Principal(issuer: "https://idp.example", subject: "ada", client: "c1")
        await bench.server.demands.demand(loginOf: ada, within: 300)
        says(bench, ago: 3600)
        let (first, cookies) = try #require(try await agree(bench))
        #expect(first["prompt"] == nil && first["max_age"] == nil)
        let again = await bench.comeBack(first["state"] ?? "", cookies)
        #expect(try asked(again)?["prompt"] == "login")
    }

    @Test func `others, other clients and later logins are left alone`() async throws {
        let bench = try Bench()
        let cookies = try await loggedIn(bench, ago: 0)
        bench.clock.advance(400)
        for (subject, client) in [("bob", "c1"), ("ada", "c2")] {
            let other = Principal(issuer: "https://idp.example", subject: subject, client: client)
            await bench.server.demands.demand(loginOf: other, within: 300)
        }
        await bench.server.demands.demand(loginOf: Principal(issuer: "https://idp.example", subject: "ada"), within: 3)
        #expect(try code(await bench.server.authorize(Samples.query(), cookies)) != nil)
        let ada = Principal(issuer: "https://idp.example", subject: "ada", client: "c1")
        await bench.server.demands.demand(loginOf: ada, within: 300)
        bench.clock.advance(600)
        #expect(try code(await bench.server.authorize(Samples.query(), cookies)) != nil, "the demand is forgotten")
    }

    @Test func `a login of which nobody says when it was is never recent`() async throws {
        let bench = try Bench()
        says(bench, ago: nil)
        let tokens = try await bench.tokens()
        #expect(try Bench.claims(tokens)["auth_time"] == nil)
        #expect(try await bench.principal(tokens)?.authenticatedAt == nil)
        let (first, cookies) = try #require(try await agree(bench, Samples.query(["max_age": "300"])))
        let again = await bench.comeBack(first["state"] ?? "", cookies)
        let second = try #require(try asked(again))
        #expect(status(await bench.comeBack(second["state"] ?? "", again.cookies)) == 403)
    }

    @Test func `a login that has not been yet counts as one of now`() async throws {
        let bench = try Bench()
        says(bench, ago: -10_000)
        let tokens = try await bench.tokens()
        #expect(try Bench.claims(tokens)["auth_time"]?.integer == Int(bench.clock.now))
    }
}
