import Foundation
import GatewayState
import Testing

@Suite("Tokens for sources in the state store")
struct SourceTokenTests {
    private static let document = Array("document-with-a-token".utf8)
    private static let caller = (issuer: "https://one.example", subject: "s")

    private static func login(
        _ provider: String = "one",
        token: String? = "rt1",
        at provenAt: Int64 = 100
    ) -> LoginRecord {
        LoginRecord(
            provider: provider,
            issuer: "https://\(provider).example",
            subject: "s",
            username: "ada",
            groups: [],
            authenticatedAt: nil,
            provenAt: provenAt,
            expiresAt: 1000,
            upstreamRefreshToken: token
        )
    }

    /// A store in which `p1` has a login at `one` with its tokens.
    private func store(_ place: StatePlace) async throws -> StateStore {
        let store = try await place.open()
        _ = try await store.person(issuer: "https://one.example", subject: "s", orNew: "p1", at: 1)
        try await store.keep(Self.login(), tokens: Self.document)
        return store
    }

    private func standing(
        _ store: StateStore,
        _ provider: String = "one",
        at now: Int64 = 200
    ) async throws
        -> IssuerStanding
    {
        try await store.standing(of: Self.caller, at: provider, issuers: ["https://\(provider).example"], at: now)
    }

    private func tokens(_ store: StateStore) async throws -> [UInt8]? {
        if case .holds(let held) = try await standing(store) { held.tokens } else { nil }
    }

    private static func given(_ source: String = "panda", at moment: Int64 = 100) -> GivenTokenRecord {
        GivenTokenRecord(
            person: "p1",
            source: source,
            issuer: "https://one.example",
            subject: "s",
            document: Array("given-secret-token".utf8),
            givenAt: moment,
            expiresAt: 500
        )
    }

    @Test(arguments: Engine.allCases) func `the tokens of a login come back while it holds`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        guard case .holds(let held) = try await standing(store) else { Issue.record("it does not hold"); return }
        #expect(held.login == Self.login() && held.tokens == Self.document)
        #expect(try await standing(store, at: 1000) == .over)
        #expect(try await standing(store, "two") == .none)
        let stranger = (issuer: "https://one.example", subject: "t")
        let issuers = ["https://one.example"]
        #expect(try await store.standing(of: stranger, at: "one", issuers: issuers, at: 200) == .none)
        try await store.revoke(.subject, "s", at: 100)
        #expect(try await standing(store) == .over)
    }

    @Test(arguments: Engine.allCases) func `one at a time renews a login`(_ engine: Engine) async throws {
        let place = try await engine.place()
        let (store, other) = (try await store(place), try await place.open())
        let held = try #require(try await store.lease(Self.login(), as: "a", until: 300, at: 200))
        #expect(held.login.upstreamRefreshToken == "rt1" && held.tokens == Self.document)
        #expect(try await other.lease(Self.login(), as: "b", until: 300, at: 299) == nil)
        #expect(try await store.keepRefreshToken(of: Self.login(token: "rt2"), leasedAs: "a"))
        #expect(try await other.lease(Self.login(), as: "b", until: 300, at: 299) == nil, "the lease goes on")
        #expect(try await store.keep(tokens: [1], of: Self.login(), leasedAs: "a"))
        let next = try #require(try await other.lease(Self.login(), as: "b", until: 400, at: 299))
        #expect(next.login.upstreamRefreshToken == "rt2" && next.tokens == [1])
        // A lease that was forgotten is over some day.
        #expect(try await store.lease(Self.login(), as: "c", until: 500, at: 400) != nil)
        #expect(try await !other.keepRefreshToken(of: Self.login(token: "rt3"), leasedAs: "b"))
        #expect(try await !other.keep(tokens: [2], of: Self.login(), leasedAs: "b"))
        try await store.release(Self.login(), leasedAs: "c")
        #expect(try await tokens(store) == [1])
        #expect(try await store.lease(Self.login(), as: "d", until: 600, at: 401) != nil)
    }

    @Test(arguments: Engine.allCases) func `what a renewal brings after a newer login is left`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        #expect(try await store.lease(Self.login(), as: "a", until: 300, at: 200) != nil)
        try await store.keep(Self.login(token: "newer", at: 210), tokens: [9])
        #expect(try await !store.keepRefreshToken(of: Self.login(token: "older"), leasedAs: "a"))
        #expect(try await !store.keep(tokens: [1], of: Self.login(), leasedAs: "a"))
        _ = try await store.keep(Self.given(at: 210))
        #expect(try await !store.end(Self.login(), leasedAs: "a", at: 220), "the login that ended is another")
        #expect(try await tokens(store) == [9])
        #expect(try await store.givenTokens(of: "p1", at: 220).count == 1)
        // What is known of the earlier login renews nothing.
        #expect(try await store.lease(Self.login(), as: "b", until: 300, at: 220) == nil)
        #expect(try await store.lease(Self.login(at: 210), as: "b", until: 300, at: 220) != nil)
    }

    @Test(arguments: Engine.allCases) func `a confirmation that came to nothing leaves what a renewal has brought`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        let before = try #require(try await store.logins(of: "p1", at: 200).first)
        #expect(try await store.beginConfirmation(of: before, at: 200))
        try await store.takeBackConfirmation(of: before, begunAt: 200)
        #expect(try await store.logins(of: "p1", at: 200) == [before])
        #expect(try await store.beginConfirmation(of: before, at: 210))
        var renewed = try #require(try await store.lease(before, as: "a", until: 300, at: 210)).login
        (renewed.groups, renewed.confirmedAt) = (["new"], 211)
        #expect(try await store.keep(tokens: nil, of: renewed, leasedAs: "a"))
        try await store.takeBackConfirmation(of: before, begunAt: 210)
        let after = try #require(try await store.logins(of: "p1", at: 220).first)
        #expect(after.groups == ["new"] && after.confirmedAt == 211)
        #expect(after.upstreamRefreshToken == before.upstreamRefreshToken)
    }

    @Test(arguments: Engine.allCases) func `a token that a person gave comes back until it ends`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        #expect(try await store.keep(Self.given()))
        #expect(try await store.givenToken(for: "panda", of: Self.caller, at: 499) == Self.given())
        #expect(try await store.givenToken(for: "panda", of: Self.caller, at: 500) == nil)
        #expect(try await store.givenToken(for: "rucio", of: Self.caller, at: 200) == nil)
        #expect(try await store.givenToken(for: "panda", of: ("https://one.example", "t"), at: 200) == nil)
        #expect(try await store.keep(Self.given(at: 150)))
        #expect(try await store.givenTokens(of: "p1", at: 200) == [Self.given(at: 150)])
        #expect(try await store.removeGivenToken(for: "panda", of: "p2") == false)
        #expect(try await store.removeGivenToken(for: "panda", of: "p1"))
        #expect(try await store.givenTokens(of: "p1", at: 200).isEmpty)
    }

    @Test(arguments: Engine.allCases) func `nothing is kept for somebody whose login is not theirs`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        #expect(try await store.keep(Self.given()) == false)
    }

    @Test(
        arguments: Engine.allCases,
        [StateStore.RevocationKind.subject, .person, .issuer, .everything]
    ) func `a revocation takes what was given before it`(
        _ engine: Engine,
        _ kind: StateStore.RevocationKind
    ) async throws {
        let store = try await store(engine.place())
        _ = try await store.keep(Self.given(at: 100))
        let value = [.subject: "s", .person: "p1", .issuer: "https://one.example"][kind] ?? ""
        try await store.revoke(kind, value, at: 100)
        #expect(try await store.givenToken(for: "panda", of: Self.caller, at: 200) == nil)
        _ = try await store.keep(Self.given(at: 101))
        #expect(try await store.givenToken(for: "panda", of: Self.caller, at: 200) != nil)
    }

    @Test(arguments: Engine.allCases) func `what nobody can use any more is deleted`(_ engine: Engine) async throws {
        for end in ["grant", "all", "forget", "login", "close", "expiry"] {
            let place = try await engine.place()
            let store = try await store(place)
            var grants: [GrantRecord] = []
            for id in ["g1", "g2"] {
                let grant = OpenStore.grant(id)
                grants.append(grant)
                try await store.add(grant)
            }
            _ = try await store.keep(Self.given())
            try await store.forgetUnusedTokens(of: "p1", at: 200)
            #expect(try await tokens(store) == Self.document, "two applications may use them")
            switch end {
            case "grant":
                try await store.endGrant("g1", at: 200)
                #expect(try await tokens(store) == Self.document, "one application may use them")
                #expect(try await store.endGrant("g2", of: "p1", at: 200))
            case "all": try await store.endGrants(of: "p1", at: 200)
            case "forget": try await store.forgetUnusedTokens(of: "p1", at: grants[0].expiresAt)
            case "login":
                #expect(try await store.lease(Self.login(), as: "b", until: 300, at: 200) != nil)
                #expect(try await store.end(Self.login(), leasedAs: "b", at: 200))
            case "close": try await store.closeAccount(of: "p1", at: 200)
            default: try await store.prune(at: 1000)
            }
            #expect(try await tokens(store) == nil, "\(end)")
            #expect(try await store.givenTokens(of: "p1", at: 200).isEmpty, "\(end)")
            #expect(
                try await store.lease(Self.login(), as: "a", until: 300, at: 200)?.login.upstreamRefreshToken == nil
            )
        }
    }

    @Test(
        arguments: Engine.allCases,
        [
            (StateStore.RevocationKind.subject, "s"), (.person, "p1"), (.issuer, "https://one.example"),
            (.issuer, "one"),
            (.client, "c1"), (.grant, "g1"), (.subject, "t"), (.client, "c2"),
        ]
    ) func `what was revoked is deleted, and nothing else`(
        _ engine: Engine,
        _ revoked: (kind: StateStore.RevocationKind, value: String)
    ) async throws {
        let store = try await store(engine.place())
        try await store.add(OpenStore.grant(createdAt: 100))
        _ = try await store.keep(Self.given())
        try await store.revoke(revoked.kind, revoked.value, at: 150)
        let isMeant = revoked.kind != .grant && !["t", "c2"].contains(revoked.value)
        // A lease asks nobody whether the login holds: it sees what is there.
        let there = try #require(try await store.lease(Self.login(), as: "a", until: 300, at: 200))
        #expect((there.tokens == nil) == isMeant && (there.login.upstreamRefreshToken == nil) == isMeant)
        // The gateway's word for an issuer is not among a person's tokens.
        let isGone = isMeant && revoked.value != "one"
        #expect(try await store.removeGivenToken(for: "panda", of: "p1") == !isGone)
    }

    @Test(arguments: Engine.allCases) func `a login that no source wants keeps what confirms it`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        _ = try await store.person(issuer: "https://one.example", subject: "s", orNew: "p1", at: 1)
        try await store.keep(Self.login())
        try await store.forgetUnusedTokens(of: "p1", at: 200)
        #expect(try await store.logins(of: "p1", at: 200).first?.upstreamRefreshToken == "rt1")
    }

    @Test(arguments: Engine.allCases) func `whoever reads the data reads no token, and another key opens none`(
        _ engine: Engine
    ) async throws {
        let place = try await engine.place()
        let store = try await store(place)
        _ = try await store.keep(Self.given())
        let bytes = try await place.bytes()
        for secret in ["document-with-a-token", "given-secret-token"] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil)
        }
        let other = try await place.open(secret: Array(repeating: 8, count: 32))
        await #expect(throws: StateError.sealedWithAnotherKey) { try await other.givenTokens(of: "p1", at: 200) }
    }
}
