import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import TestSupport
import Testing

@Suite("Logins that end, and accounts")
struct UnlinkingTests {
    private func handle(
        _ label: String,
        _ bench: Bench,
        _ cookies: BrowserCookies
    ) async throws -> [(
        name: String, value: String
    )] {
        let login = try #require(try await bench.view(cookies).logins.first { $0.label == label })
        return [(name: "login", value: login.handle)]
    }

    @Test func `unlinking takes the roles of that login and no others`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        _ = try await bench.act(.unlink, try await handle("Observatory", bench, cookies), cookies)
        let principal = try #require(try await bench.principal(tokens))
        #expect(principal.roles == ["epic.user"] && principal.linked.isEmpty)
        #expect(try await bench.refresh(tokens)["scope"] == "epic:read")
        #expect(try await bench.tokens(cookies)["scope"] == "epic:read")
        #expect(try await bench.view(cookies).linkable.map(\.id) == ["obs"])
    }

    @Test func `grants of a login that is unlinked go on by the other, and sessions do not`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        _ = try await bench.act(.unlink, try await handle("Lab", bench, cookies), cookies)
        let principal = try #require(try await bench.principal(tokens))
        #expect(principal.roles == ["atlas.user"])
        #expect([principal.issuer, principal.subject] == [OneProvider.other, "ada-there"])
        #expect(try await bench.refresh(tokens)["scope"] == "atlas:read")
        guard case .signIn = await bench.server.account(cookies).page else { throw SetupFailure("still signed in") }
    }

    @Test func `a grant that goes on by another login follows what that says`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        _ = try await bench.act(.unlink, try await handle("Lab", bench, cookies), cookies)
        bench.provider.state.withLock { $0.other.groups = [] }
        bench.clock.advance(900)
        let renewed = try await bench.refresh(tokens)
        #expect(try await bench.principal(renewed)?.roles == [])
        bench.provider.state.withLock { $0.other.refresh = (400, #"{"error": "invalid_grant"}"#) }
        bench.clock.advance(900)
        await #expect(throws: OAuthError.self) { try await bench.refresh(renewed) }
        #expect(try await bench.principal(renewed) == nil)
    }

    @Test func `the only login stays`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        guard
            case .turnedDown(409, _, _) = try await bench.act(.unlink, try await handle("Lab", bench, cookies), cookies)
                .page
        else { throw SetupFailure("it went") }
        #expect(try await bench.view(cookies).logins.count == 1)
    }

    @Test func `a login that was unlinked comes back as somebody new`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        _ = try await bench.act(.unlink, try await handle("Observatory", bench, cookies), cookies)
        let other = try await bench.signedIn(at: "obs")
        #expect(try await bench.view(other).logins.map(\.label) == ["Observatory"])
        #expect(try await bench.view(cookies).logins.map(\.label) == ["Lab"])
    }

    // MARK: - What the providers say later

    @Test func `a provider that is down leaves the others alone, and is waited for`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        var tokens = try await bench.tokens(cookies)
        bench.provider.state.withLock { $0.other.refresh = nil }
        bench.clock.advance(86_400)
        tokens = try await bench.refresh(tokens)
        #expect(try await bench.principal(tokens)?.roles == ["atlas.user", "epic.user"])
        bench.clock.advance(900 + 600 + 1)
        tokens = try await bench.refresh(tokens)
        #expect(try await bench.principal(tokens)?.roles == ["epic.user"], "but not for ever")
        bench.provider.state.withLock { $0.other.refresh = (200, #"{"id_token": "x"}"#) }
        tokens = try await bench.refresh(tokens)
        #expect(try await bench.principal(tokens)?.roles == ["atlas.user", "epic.user"])
    }

    @Test func `a linked login that its issuer has ended gives nothing until the person is there again`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        bench.provider.state.withLock { $0.other.refresh = (400, #"{"error": "invalid_grant"}"#) }
        bench.clock.advance(900)
        let renewed = try await bench.refresh(tokens)
        #expect(try await bench.principal(renewed)?.roles == ["epic.user"])
        #expect(try await bench.view(cookies).logins.map(\.state) == [.holds, .isOver])
        _ = try await bench.signedIn(at: "obs")
        #expect(try await bench.principal(renewed)?.roles == ["atlas.user", "epic.user"])
    }

    @Test func `groups that changed at a linked login are in force`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        bench.provider.state.withLock { $0.other.groups = [] }
        bench.clock.advance(900)
        #expect(try await bench.principal(try await bench.refresh(tokens))?.roles == ["epic.user"])
    }

    @Test func `a login that the site has taken out gives nothing`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        var less = bench
        less.settings.providers.removeAll { $0.id == "obs" }
        #expect(try await less.principal(tokens)?.roles == ["epic.user"])
        #expect(try await less.view(cookies).logins.map(\.state) == [.holds, .isGone])
    }

    @Test func `a revoked subject gives its roles to no grant, until they log in again`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        try await bench.store.revoke(.subject, "ada-there", at: bench.clock.now)
        #expect(try await bench.principal(tokens)?.roles == ["epic.user"])
        bench.clock.advance(1)
        _ = try await bench.signedIn(at: "obs")
        #expect(try await bench.principal(tokens)?.roles == ["atlas.user", "epic.user"])
    }

    // MARK: - Accounts

    @Test func `a closed account has nothing left`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.linked(try await bench.signedIn())
        let tokens = try await bench.tokens(cookies)
        guard case .turnedDown(400, _, _) = try await bench.act(.close, [], cookies).page else {
            throw SetupFailure("closed without being sure")
        }
        #expect(try await bench.principal(tokens) != nil)
        _ = try await bench.act(.close, [(name: "sure", value: "yes")], cookies)
        #expect(try await bench.principal(tokens) == nil)
        await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
        guard case .signIn = await bench.server.account(cookies).page else { throw SetupFailure("still signed in") }
        for provider in ["lab", "obs"] {
            let again = try await bench.signedIn(at: provider)
            let view = try await bench.view(again)
            #expect(view.logins.count == 1 && view.grants.isEmpty)
        }
    }

    @Test func `nobody ends another's grant, and one's own ends at once`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        let tokens = try await bench.tokens(cookies)
        let grant = try #require(try await bench.view(cookies).grants.first)
        let form = [(name: "grant", value: grant.id)]
        let stranger = try await bench.signedIn(at: "obs")
        guard case .turnedDown(404, let title, _) = try await bench.act(.revoke, form, stranger).page else {
            throw SetupFailure("it did something")
        }
        #expect(try await bench.principal(tokens) != nil)
        let unknown = try await bench.act(.revoke, [(name: "grant", value: "unknown")], stranger)
        guard case .turnedDown(404, title, _) = unknown.page else { throw SetupFailure("it tells them apart") }
        _ = try await bench.act(.revoke, form, cookies)
        #expect(try await bench.principal(tokens) == nil)
        await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
    }

    @Test(arguments: [false, true])
    func `signing out ends the session, and the grants when the person says so`(_ endsGrants: Bool) async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        let tokens = try await bench.tokens(cookies)
        let form = endsGrants ? [(name: "grants", value: "end")] : []
        let step = try await bench.act(.signOut, form, cookies)
        guard case .signedOut(let view) = step.page else { throw SetupFailure("not signed out") }
        #expect(view.remaining == (endsGrants ? 0 : 1))
        #expect(step.cookies.session == nil)
        guard case .signIn = await bench.server.account(cookies).page else { throw SetupFailure("still signed in") }
        #expect((try await bench.principal(tokens) == nil) == endsGrants)
    }

    @Test func `the account shows what was used last first`() async throws {
        let bench = try Bench.withTwoLogins()
        let cookies = try await bench.signedIn()
        let first = try await bench.tokens(cookies, scope: "epic:read")
        bench.clock.advance(10)
        _ = try await bench.tokens(cookies)
        #expect(try await bench.view(cookies).grants.map(\.scopes.count) == [2, 1])
        bench.clock.advance(10)
        _ = try await bench.refresh(first)
        let view = try await bench.view(cookies)
        #expect(view.grants.map(\.scopes.count) == [1, 2])
        #expect(view.grants.map { view.moment - $0.usedAt } == [0, 10])
        _ = try await bench.act(.revoke, [(name: "all", value: "yes")], cookies)
        #expect(try await bench.view(cookies).grants.isEmpty)
    }
}
