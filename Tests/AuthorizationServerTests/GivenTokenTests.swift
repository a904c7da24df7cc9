import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import Testing

@Suite("Sources are asked with tokens that people gave")
struct GivenTokenTests {
    private static let rule = GivenTokenRule(label: "Portal", prefix: "gt-", lifetime: 1000, help: "Ask the portal.")
    private static let good = "gt-0123456789abcdef.WXYZ"

    private func site(_ rule: GivenTokenRule = rule, hasTwoLogins: Bool = false) throws -> CredentialBench {
        try CredentialBench([.given(rule)], hasTwoLogins: hasTwoLogins)
    }

    private func give(
        _ token: String,
        at site: CredentialBench,
        _ cookies: BrowserCookies,
        source: String = CredentialBench.source
    ) async throws -> BrowserStep {
        try await site.bench.act(.giveToken, [(name: "source", value: source), (name: "token", value: token)], cookies)
    }

    @Test func `a token is given, used, shown by its end and removed`() async throws {
        let site = try site()
        let cookies = try await site.bench.signedIn()
        let missing = try #require(await site.refusal())
        #expect(missing.reason == .noToken && missing.page == "https://gw.example/account/token/panda")
        let page = await site.bench.server.showToken("panda", cookies)
        guard case .giveToken(let view) = page.page else { Issue.record("\(page.page)"); return }
        #expect(view.token.label == "Portal" && view.token.present == nil && view.help == "Ask the portal.")

        guard case .go(.tokens) = try await give("  \(Self.good) ", at: site, cookies).page else {
            Issue.record("it was not kept")
            return
        }
        let credential = try #require(try await site.broker.credential(for: CredentialBench.use()))
        #expect(credential.field == HTTPField("Authorization", "Bearer \(Self.good)"))
        let present = try #require(try await site.bench.view(cookies).tokens.first)
        #expect(present.present?.tail == "WXYZ" && present.source == "panda")
        #expect(present.present?.expiresAt == site.bench.clock.now + 1000)

        #expect(site.bench.events.acts.map(\.name) == ["token_given", "acted_at_source"])
        #expect(!"\(site.bench.events.acts)".contains("0123456789abcdef"))
        #expect(site.bench.events.acts.last?.details["token_sha256"] == nil)

        let remove = [(name: "source", value: "panda")]
        guard case .go(.tokens) = try await site.bench.act(.removeToken, remove, cookies).page else {
            Issue.record("it was not removed")
            return
        }
        #expect(await site.refusal()?.reason == .noToken)
        guard case .turnedDown(404, _, _) = try await site.bench.act(.removeToken, remove, cookies).page else {
            Issue.record("it was there twice")
            return
        }
    }

    @Test func `it ends when the site says, or when the token itself does`() async throws {
        let site = try site(GivenTokenRule(label: "Portal", lifetime: 1000))
        let cookies = try await site.bench.signedIn()
        _ = try await give("opaque-token", at: site, cookies)
        site.bench.clock.advance(999)
        #expect(try await site.token() == "opaque-token")
        site.bench.clock.advance(1)
        #expect(await site.refusal()?.reason == .noToken)
        let short = CredentialBench.jwt(["exp": .integer(Int(site.bench.clock.now) + 10)])
        _ = try await give(short, at: site, cookies)
        #expect(try await site.token() == short)
        site.bench.clock.advance(10)
        #expect(await site.refusal()?.reason == .noToken)
        guard case .giveToken(let view) = try await give(short, at: site, cookies).page else {
            Issue.record("it was kept")
            return
        }
        #expect(view.fault?.contains("over") == true)
    }

    @Test(arguments: [
        "", "gt-", "gt-1234", "xx-12345678", "gt-1234 5678", "gt-12345678\u{E9}", "gt-12345678,x",
        String(repeating: "g", count: 13_000),
    ])
    func `what is no token of the service is not kept`(_ text: String) async throws {
        let site = try site()
        let cookies = try await site.bench.signedIn()
        guard case .giveToken(let view) = try await give(text, at: site, cookies).page else {
            Issue.record("it was kept")
            return
        }
        #expect(view.fault != nil)
        #expect(await site.refusal()?.reason == .noToken)
    }

    @Test func `a token of the gateway itself is never kept`() async throws {
        let site = try site(GivenTokenRule(label: "Portal"))
        let cookies = try await site.bench.signedIn()
        let own = try await site.bench.tokens(cookies, scope: "epic:read")
        for token in [
            own["access_token"]?.string ?? "", own["refresh_token"]?.string ?? "", ServiceKey.make(for: "bot"),
        ] {
            guard case .giveToken(let view) = try await give(token, at: site, cookies).page else {
                Issue.record("it was kept")
                return
            }
            #expect(view.fault?.contains("this server itself") == true)
        }
    }

    @Test func `somebody without a role of the experiment, or not signed in, finds no such page`() async throws {
        let site = try site(hasTwoLogins: true)
        site.bench.provider.state.withLock { $0.groups = ["strangers"] }
        let cookies = try await site.bench.signedIn()
        for source in ["panda", "unknown", "a/../b", String(repeating: "a", count: 65)] {
            guard case .turnedDown(404, _, _) = await site.bench.server.showToken(source, cookies).page,
                case .turnedDown(404, _, _) = try await give(Self.good, at: site, cookies, source: source).page
            else {
                Issue.record("\(source) is there")
                return
            }
        }
        #expect(try await site.bench.view(cookies).tokens.isEmpty)
        // Nobody learns which sources there are before they have logged in.
        for source in ["panda", "unknown"] {
            guard case .chooser = await site.bench.server.showToken(source, BrowserCookies()).page else {
                Issue.record("\(source) tells")
                return
            }
        }
    }

    @Test func `a token is for the address for which it was given, and for no other`() async throws {
        let site = try site()
        let cookies = try await site.bench.signedIn()
        _ = try await give(Self.good, at: site, cookies)
        #expect(try await site.token() == Self.good)
        var settings = site.bench.settings
        settings.sources = [
            SourceAccess(
                source: "panda",
                origin: "https://elsewhere.example:443",
                namespaces: ["epic"],
                ways: [.given(Self.rule)]
            )
        ]
        site.adopt(settings)
        #expect(await site.refusal()?.reason == .noToken)
    }

    @Test func `it is the person's by all their logins, and goes with the login it came by`() async throws {
        let site = try site(hasTwoLogins: true)
        let cookies = try await site.bench.linked(try await site.bench.signedIn())
        _ = try await give(Self.good, at: site, cookies)
        let there = Principal(issuer: OneProvider.other, subject: "ada-there", client: "c1")
        #expect(try await site.token(CredentialBench.use(by: there)) == Self.good)
        let bob = Principal(issuer: OneProvider.other, subject: "bob", client: "c1")
        #expect(await site.refusal(CredentialBench.use(by: bob))?.reason == .noToken)

        let obs = try await site.bench.signedIn(at: "obs", BrowserCookies())
        let own = try #require(try await site.bench.view(obs).logins.first { $0.provider == "lab" })
        _ = try await site.bench.act(.unlink, [(name: "login", value: own.handle)], obs)
        #expect(await site.refusal(CredentialBench.use(by: there))?.reason == .noToken)
    }

    @Test func `one that the source did not take is not sent again, and not forgotten either`() async throws {
        let site = try site()
        let cookies = try await site.bench.signedIn()
        _ = try await give(Self.good, at: site, cookies)
        let credential = try #require(try await site.broker.credential(for: CredentialBench.use()))
        let refusal = try #require(await site.refusal(CredentialBench.use(refused: credential)))
        #expect(refusal.reason == .refused && refusal.page?.hasSuffix("/account/token/panda") == true)
        #expect(try await site.bench.view(cookies).tokens.first?.present != nil)
    }
}
