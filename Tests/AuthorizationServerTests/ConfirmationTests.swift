import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import Testing

@Suite("Whether a login still holds")
struct ConfirmationTests {
    @Test(arguments: [(899 as Int64, 0), (900, 1)])
    func `the issuer is asked at most every 15 minutes`(_ seconds: Int64, _ times: Int) async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        bench.clock.advance(seconds)
        _ = try await bench.refresh(tokens)
        #expect(bench.provider.state.withLock { $0.refreshes } == times)
    }

    @Test func `groups that changed are in force`() async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        #expect(try await bench.principal(tokens)?.roles == ["epic.user"])
        bench.provider.state.withLock { $0.groups = [] }
        bench.clock.advance(900)
        let renewed = try await bench.refresh(tokens)
        #expect(try await bench.principal(renewed)?.roles == [])
        #expect(try await bench.principal(tokens)?.roles == [], "also for the token from before")
    }

    @Test(arguments: [#"{"error": "invalid_grant"}"#, #"{"error": "invalid_client"}"#])
    func `a login that the issuer has ended, ends here`(_ body: String) async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        bench.provider.state.withLock { $0.refresh = (400, body) }
        bench.clock.advance(900)
        await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
        #expect(try await bench.principal(tokens) == nil)
    }

    @Test func `a login that has become another person's ends`() async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        bench.provider.state.withLock { $0.subject = "eve" }
        bench.clock.advance(900)
        await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
        #expect(try await bench.principal(tokens) == nil)
    }

    @Test func `an issuer that does not answer is waited for, but not for ever`() async throws {
        let bench = try Bench()
        var tokens = try await bench.tokens()
        bench.provider.state.withLock { $0.refresh = nil }
        bench.clock.advance(86_399)
        tokens = try await bench.refresh(tokens)
        bench.clock.advance(1)
        do throws(OAuthError) {
            _ = try await bench.refresh(tokens)
            Issue.record("a day without an answer is too long")
        } catch {
            #expect(error.code == .temporarilyUnavailable)
        }
        bench.provider.state.withLock { $0.refresh = (200, #"{"access_token": "at"}"#) }
        #expect(try await bench.refresh(tokens)["expires_in"] == 600, "the refresh token was not used up")
    }

    @Test(arguments: [StateStore.RevocationKind.client, .subject, .issuer, .everything])
    func `what the operator revokes is over, and a new login is a new one`(
        _ kind: StateStore.RevocationKind
    ) async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        let value =
            switch kind {
            case .client: "c1"
            case .subject: "ada"
            case .everything: ""
            case .person, .issuer, .grant: "lab"
            }
        try await bench.store.revoke(kind, value, at: bench.clock.now)
        #expect(try await bench.principal(tokens) == nil)
        await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
        bench.clock.advance(1)
        let again = try await bench.tokens()
        #expect(try await bench.principal(again) != nil)
    }

    @Test(arguments: [
        (StateStore.RevocationKind.subject, "ada"), (.issuer, "lab"), (.issuer, "https://idp.example"),
        (.everything, ""),
    ])
    func `what is revoked is logged out of browsers too`(
        _ kind: StateStore.RevocationKind,
        _ value: String
    ) async throws {
        let bench = try Bench()
        let (state, cookies) = try await bench.agreed()
        let session = await bench.comeBack(state, cookies).cookies
        guard case .leave = await bench.server.authorize(Samples.query(), session).page else {
            Issue.record("the session does not hold")
            return
        }
        try await bench.store.revoke(kind, value, at: bench.clock.now)
        guard case .consent(let view) = await bench.server.authorize(Samples.query(), session).page else {
            Issue.record("the session still holds")
            return
        }
        #expect(view.username == nil)
    }

    @Test func `a login that the site takes out of its configuration is none any more`() async throws {
        var bench = try Bench()
        let tokens = try await bench.tokens()
        bench.settings.providers = []
        #expect(try await bench.principal(tokens) == nil)
    }

    @Test func `a token has no more scopes than it says, and no more than were granted`() async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        #expect(try await bench.principal(tokens)?.scopes == ["epic:read"])
        let claims = try Bench.claims(tokens)
        let forged = GrantedToken(
            grant: claims["sid"]?.string ?? "",
            client: "c1",
            scopes: ["epic:read", "epic:write", "atlas:read"],
            key: try Bench.key(tokens)
        )
        #expect(try await bench.lasting.standings.principal(of: forged)?.scopes == ["epic:read"])
        let elsewhere = GrantedToken(
            grant: claims["sid"]?.string ?? "",
            client: "c2",
            scopes: ["epic:read"],
            key: try Bench.key(tokens)
        )
        #expect(try await bench.lasting.standings.principal(of: elsewhere) == nil)
    }
}
