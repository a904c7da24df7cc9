import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import Testing

@Suite("Sources are asked with the token of the caller's login")
struct LoginTokenTests {
    private static let way = SourceWay.login(provider: "lab", .access)

    @Test func `the token that came with a client's login is used, and each use is noted without it`() async throws {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token")
        _ = try await site.bench.tokens()
        let use = CredentialBench.use()
        let credential = try #require(try await site.broker.credential(for: use))
        #expect(credential.field == HTTPField("Authorization", "Bearer first-token"))
        let act = try #require(site.bench.events.acts.last)
        #expect(act.name == "acted_at_source" && act.principal == CredentialBench.ada)
        #expect(act.details["source"] == "panda" && act.details["namespace"] == "epic")
        #expect(act.details["way"] == "login_token")
        #expect(act.details["request_id"] == use.requestID?.description)
        #expect(!"\(act)".contains("first-token"))
        #expect(act.details["token_sha256"] == String(Secret.digest("first-token").prefix(16)))
    }

    @Test func `nothing is kept where no source wants it`() async throws {
        let site = try CredentialBench([.login(provider: "obs", .access)])
        site.answers(login: "first-token")
        _ = try await site.bench.tokens()
        site.adopt(try CredentialBench([Self.way]).bench.settings)
        #expect(await site.refusal()?.reason == .expired)
    }

    @Test func `the ID token is used where the site says so`() async throws {
        let site = try CredentialBench([.login(provider: "lab", .id)])
        _ = try await site.bench.tokens()
        #expect(try await site.token() == "x")
    }

    @Test func `who never logged in there is told where to link the login`() async throws {
        let site = try CredentialBench([.login(provider: "obs", .access)], hasTwoLogins: true)
        _ = try await site.bench.signedIn()
        let refusal = try #require(await site.refusal())
        #expect(refusal.reason == .notLinked && refusal.label == "Observatory")
        #expect(refusal.page == "https://gw.example/account#logins")
        #expect(refusal.error.code == .forbidden && refusal.error.hint?.contains("https://gw.example/account") == true)
        #expect(site.bench.events.acts.isEmpty)
    }

    @Test func `a linked login counts like one's own`() async throws {
        let site = try CredentialBench([.login(provider: "obs", .access)], hasTwoLogins: true)
        let cookies = try await site.bench.signedIn()
        site.bench.provider.state.withLock { $0.login = #"{"id_token": "x", "access_token": "there"}"# }
        let after = try await site.bench.linked(cookies)
        #expect(try await site.token() == "there")
        let login = try #require(try await site.bench.view(after).logins.first { $0.provider == "obs" })
        _ = try await site.bench.act(.unlink, [(name: "login", value: login.handle)], after)
        #expect(await site.refusal()?.reason == .notLinked)
    }

    @Test func `programs, networks and nobody have no login`() async throws {
        let site = try CredentialBench([Self.way])
        let bot = Principal(issuer: "https://gw.example", subject: "bot", client: "bot")
        for caller in [nil, .anonymous, bot, CredentialBench.ada.onlyReading(from: "lan")] {
            #expect(await site.refusal(CredentialBench.use(by: caller))?.reason == .noPerson)
        }
    }

    @Test func `a token that is nearly over is renewed once for all who want it, and the refresh token with it`()
        async throws
    {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token", refresh: "second-token", life: 100)
        _ = try await site.bench.tokens()
        site.bench.clock.advance(79)
        #expect(try await site.token() == "first-token")
        #expect(try site.forms("refresh_token").isEmpty)
        site.bench.clock.advance(1)
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try await site.token() } }
            for try await token in group { #expect(token == "second-token") }
        }
        #expect(try site.forms("refresh_token").map { $0["refresh_token"] } == ["rt1"])
        site.bench.clock.advance(80)
        #expect(try await site.token() == "second-token")
        #expect(try site.forms("refresh_token").map { $0["refresh_token"] } == ["rt1", "rt2"])
    }

    @Test func `a login that another gateway renews is left to it, for as long as a provider may take`() async throws {
        let site = try CredentialBench([Self.way], change: { $0.limits.providerTimeout = 1 })
        site.answers(login: "first-token", refresh: "second-token", life: 100)
        _ = try await site.bench.tokens()
        site.bench.clock.advance(90)
        let (store, now) = (site.bench.store, site.bench.clock.now)
        let person = try #require(try await store.person(issuer: "https://idp.example", subject: "ada"))
        let login = try #require(try await store.logins(of: person, at: now).first)
        #expect(try await store.lease(login, as: "the other", until: now + 60, at: now) != nil)
        #expect(await site.refusal()?.reason == .unavailable)
        #expect(try site.forms("refresh_token").isEmpty)

        let theirs = #"{"access": {"text": "their-token", "expiresAt": \#(now + 100), "gotAt": \#(now)}}"#
        async let token = site.token()
        #expect(try await store.keep(tokens: Array(theirs.utf8), of: login, leasedAs: "the other"))
        #expect(try await token == "their-token")
        #expect(try site.forms("refresh_token").isEmpty)
    }

    @Test func `a gateway that was ended while it renewed holds up nobody for long`() async throws {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token", refresh: "second-token", life: 100)
        _ = try await site.bench.tokens()
        site.bench.clock.advance(90)
        let (store, now) = (site.bench.store, site.bench.clock.now)
        let person = try #require(try await store.person(issuer: "https://idp.example", subject: "ada"))
        let login = try #require(try await store.logins(of: person, at: now).first)
        #expect(try await store.lease(login, as: "the other", until: now + 5, at: now) != nil)
        site.bench.clock.advance(5)
        #expect(try await site.token() == "second-token")
    }

    @Test func `a login that its provider has ended is over, and one that does not answer is not`() async throws {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token", life: 100)
        _ = try await site.bench.tokens()
        site.bench.clock.advance(90)
        for answer in [nil, (503, "{}"), (401, #"{"error": "invalid_client"}"#)] as [(status: Int, body: String)?] {
            site.bench.provider.state.withLock { $0.refresh = answer }
            let refusal = await site.refusal()
            #expect(refusal?.reason == .unavailable && refusal?.code == .unavailable)
        }
        site.bench.provider.state.withLock { $0.refresh = (400, #"{"error": "invalid_grant"}"#) }
        let refusal = await site.refusal()
        #expect(refusal?.reason == .expired && refusal?.page == "https://gw.example/account#logins")
        #expect(await site.refusal()?.reason == .expired)
    }

    @Test func `a login that is made while an earlier one is found to have ended stays`() async throws {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token", refresh: "second-token", life: 100)
        _ = try await site.bench.tokens()
        site.bench.clock.advance(90)
        site.bench.provider.state.withLock { state in
            state.refresh = (400, #"{"error": "invalid_grant"}"#)
            state.meanwhile = {
                site.answers(login: "newer-token", refresh: "unused", life: 100)
                _ = try? await site.bench.tokens()
                site.bench.provider.state.withLock { $0.refresh = (400, #"{"error": "invalid_grant"}"#) }
            }
        }
        #expect(try await site.token() == "newer-token")
    }

    @Test func `a renewal that gives another person's token ends the login`() async throws {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token", refresh: "second-token", life: 100)
        _ = try await site.bench.tokens()
        site.bench.clock.advance(90)
        site.bench.provider.state.withLock { $0.subject = "eve" }
        #expect(await site.refusal()?.reason == .expired)
    }

    @Test func `a token that the source did not take is renewed, and no other way is tried`() async throws {
        let site = try CredentialBench([Self.way, .given(GivenTokenRule(label: "PanDA"))])
        site.answers(login: "first-token", refresh: "second-token")
        _ = try await site.bench.tokens()
        let first = try #require(try await site.broker.credential(for: CredentialBench.use()))
        // One that was not taken a moment ago would not be taken now, and each renewal uses a refresh token up.
        site.bench.clock.advance(59)
        #expect(await site.refusal(CredentialBench.use(refused: first))?.reason == .refused)
        #expect(try site.forms("refresh_token").isEmpty)
        site.bench.clock.advance(1)
        let second = try #require(try await site.broker.credential(for: CredentialBench.use(refused: first)))
        #expect(second.token == "second-token" && second.way == 0)
        #expect(try await site.token() == "second-token")
        let refusal = site.broker.refusal(of: second, at: CredentialBench.source)
        #expect(refusal.reason == .refused && refusal.label == "Lab")
    }

    @Test func `what was revoked, disconnected or closed is gone at once`() async throws {
        for end in ["revoke", "disconnect", "sign out", "close", "expired"] {
            let site = try CredentialBench([Self.way, .given(GivenTokenRule(label: "PanDA"))])
            site.answers(login: "first-token", refresh: "second-token")
            let cookies = try await site.bench.signedIn()
            _ = try await site.bench.tokens(cookies, scope: "epic:read")
            #expect(try await site.token() == "first-token")
            switch end {
            case "revoke": try await site.bench.store.revoke(.subject, "ada", at: site.bench.clock.now)
            case "disconnect": _ = try await site.bench.act(.revoke, [(name: "all", value: "yes")], cookies)
            case "sign out": _ = try await site.bench.act(.signOut, [(name: "grants", value: "end")], cookies)
            case "close": _ = try await site.bench.act(.close, [(name: "sure", value: "yes")], cookies)
            default: site.bench.clock.advance(site.bench.settings.lifetimes.grant + 1)
            }
            let reason = await site.refusal()?.reason
            #expect(reason == (end == "close" ? .notLinked : .expired), "\(end)")
        }
    }

    @Test func `a blocked namespace gets nothing`() async throws {
        let site = try CredentialBench([Self.way], isBlocked: { $0 == "epic" })
        site.answers(login: "first-token")
        _ = try await site.bench.tokens()
        #expect(await site.refusal()?.reason == .unavailable)
        #expect(site.bench.events.acts.isEmpty)
    }

    @Test func `while the state does not answer nothing is given out`() async throws {
        let site = try CredentialBench([Self.way])
        site.answers(login: "first-token")
        _ = try await site.bench.tokens()
        site.bench.store.close()
        #expect(await site.refusal()?.reason == .unavailable)
    }

    @Test func `a token that cannot stand in a header field is not kept`() async throws {
        let site = try CredentialBench([Self.way], change: { $0.limits.sourceTokenBytes = 64 })
        for (token, isKept) in [
            (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false), ("a b", false),
            (#"a\r\nX: y"#, false), ("a,b", false),
        ] {
            site.answers(login: token)
            site.bench.provider.state.withLock { $0.refresh = nil }
            _ = try await site.bench.signedIn()
            let found = try? await site.token()
            #expect((found == token) == isKept, "\(token)")
        }
    }
}

@Suite("Grants by a login whose tokens are kept for sources")
struct KeptLoginTests {
    private func site() async throws -> (CredentialBench, JSONValue) {
        let site = try CredentialBench([.login(provider: "lab", .access)])
        site.answers(login: "first-token", refresh: "second-token")
        return (site, try await site.bench.tokens())
    }

    @Test func `they are confirmed with the one refresh token, which both have used once`() async throws {
        let (site, tokens) = try await site()
        site.bench.clock.advance(site.bench.settings.lifetimes.confirmation)
        site.bench.provider.state.withLock { $0.groups = [] }
        _ = try? await site.bench.refresh(tokens)
        #expect(try site.forms("refresh_token").map { $0["refresh_token"] } == ["rt1"])
        #expect(try await site.bench.principal(tokens)?.roles == [])
        #expect(try await site.token() == "second-token")
        #expect(try site.forms("refresh_token").count == 1)
    }

    @Test func `they end with the login, and go on for a time while the provider is silent`() async throws {
        let (site, tokens) = try await site()
        let lifetimes = site.bench.settings.lifetimes
        site.bench.provider.state.withLock { $0.refresh = nil }
        site.bench.clock.advance(lifetimes.confirmation)
        let next = try await site.bench.refresh(tokens)
        site.bench.clock.advance(lifetimes.unconfirmed)
        await #expect(throws: OAuthError.self) { try await site.bench.refresh(next) }
        site.bench.provider.state.withLock { $0.refresh = (400, #"{"error": "invalid_grant"}"#) }
        await #expect(throws: OAuthError.self) { try await site.bench.refresh(next) }
        #expect(try await site.bench.principal(next) == nil)
    }
}
