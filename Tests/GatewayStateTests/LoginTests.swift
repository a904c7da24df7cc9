import Foundation
import GatewayState
import Testing

@Suite("Logins of people in the state store")
struct LoginTests {
    private static func login(
        _ provider: String,
        _ subject: String = "s",
        provenAt: Int64 = 100,
        token: String? = "linked-secret-token"
    ) -> LoginRecord {
        LoginRecord(
            provider: provider,
            issuer: "https://\(provider).example",
            subject: subject,
            username: "ada",
            groups: ["a/b", "with space"],
            authenticatedAt: 90,
            provenAt: provenAt,
            expiresAt: 1000,
            upstreamRefreshToken: token
        )
    }

    /// A store in which `p1` has a login at `one`.
    private func store(_ place: StatePlace) async throws -> StateStore {
        let store = try await place.open()
        _ = try await store.person(issuer: "https://one.example", subject: "s", orNew: "p1", at: 1)
        try await store.keep(Self.login("one"))
        return store
    }

    private func link(
        _ login: LoginRecord,
        to person: String = "p1",
        in store: StateStore
    ) async throws -> LinkOutcome {
        try await store.link(
            login,
            to: person,
            hereBy: ("https://one.example", "s"),
            issuers: [login.issuer],
            at: 5
        )
    }

    @Test(arguments: Engine.allCases) func `a login comes back as it was kept, until it is over`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        #expect(try await store.logins(of: "p1", at: 999) == [Self.login("one")])
        #expect(try await store.logins(of: "p1", at: 1000).isEmpty)
        #expect(try await store.logins(of: "p2", at: 1).isEmpty)
    }

    @Test(arguments: Engine.allCases) func `a refresh token stays when a later login brings none`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        try await store.keep(Self.login("one", provenAt: 200, token: nil))
        let kept = try #require(try await store.logins(of: "p1", at: 300).first)
        #expect(kept.upstreamRefreshToken == "linked-secret-token")
        #expect(kept.provenAt == 200 && kept.confirmedAt == 200)
    }

    @Test(arguments: Engine.allCases) func `what is linked is the person's, in the order it came`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        #expect(try await link(Self.login("two"), in: store) == .linked)
        #expect(try await link(Self.login("two"), in: store) == .renewed)
        #expect(try await store.identities(of: "p1").map(\.issuer) == ["https://one.example", "https://two.example"])
        #expect(try await store.person(issuer: "https://two.example", subject: "s", orNew: "p9", at: 9) == "p1")
        #expect(try await store.logins(of: "p1", at: 300).map(\.provider) == ["one", "two"])
    }

    @Test(arguments: Engine.allCases) func `what is another's, or of an issuer the person has already, is not linked`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        _ = try await store.person(issuer: "https://two.example", subject: "s", orNew: "p2", at: 1)
        #expect(try await link(Self.login("two"), in: store) == .taken)
        #expect(try await link(Self.login("one", "other"), in: store) == .occupied)
        #expect(try await link(Self.login("two", "free"), to: "p2", in: store) == .gone)
        #expect(try await store.identities(of: "p1").count == 1)
        #expect(try await store.identities(of: "p2").count == 1)
        #expect(try await store.logins(of: "p2", at: 300).isEmpty)
    }

    @Test(arguments: Engine.allCases) func `unlinking takes one, moves its grants, and leaves the last`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        _ = try await link(Self.login("two"), in: store)
        try await store.add(grant("g1", at: "one"))
        try await store.add(grant("g2", at: "two"))
        #expect(
            try await store.unlink(issuer: "https://one.example", subject: "x", of: "p1", at: 200) == .unknown
        )
        #expect(
            try await store.unlink(issuer: "https://one.example", subject: "s", of: "p2", at: 200) == .unknown
        )
        #expect(
            try await store.unlink(issuer: "https://one.example", subject: "s", of: "p1", at: 200) == .unlinked
        )
        let standing = try #require(try await store.standing(of: "g1", at: 200))
        #expect(standing.hasLogin)
        #expect(standing.grant.provider == "two" && standing.grant.groups == ["a/b", "with space"])
        #expect(standing.grant.upstreamRefreshToken == nil)
        #expect(try await store.grant("g2")?.upstreamRefreshToken != nil)
        #expect(try await store.unlink(issuer: "https://two.example", subject: "s", of: "p1", at: 200) == .last)
    }

    @Test(arguments: Engine.allCases) func `grants end with a login when no other holds`(_ engine: Engine) async throws
    {
        let store = try await store(engine.place())
        _ = try await link(Self.login("two"), in: store)
        try await store.add(grant("g1", at: "one"))
        try await store.revoke(.issuer, "two", at: 150)
        _ = try await store.unlink(issuer: "https://one.example", subject: "s", of: "p1", at: 200)
        #expect(try await store.liveGrant("g1", at: 201) == nil)
    }

    @Test(arguments: Engine.allCases) func `a grant whose login is not the person's any more says so`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        try await store.add(grant("g1", at: "elsewhere"))
        #expect(try await store.standing(of: "g1", at: 200)?.hasLogin == false)
    }

    @Test(
        arguments: Engine.allCases,
        [(StateStore.RevocationKind.subject, "s"), (.person, "p1"), (.issuer, "one"), (.issuer, "https://one.example")]
    )
    func `a revocation ends a login until it is shown again`(
        _ engine: Engine,
        _ revoked: (kind: StateStore.RevocationKind, value: String)
    ) async throws {
        let (kind, value) = revoked
        let store = try await store(engine.place())
        try await store.revoke(kind, value + "x", at: 100)
        #expect(try await store.logins(of: "p1", at: 101).count == 1)
        try await store.revoke(kind, value, at: 100)
        #expect(try await store.logins(of: "p1", at: 101).isEmpty)
        try await store.keep(Self.login("one", provenAt: 101))
        #expect(try await store.logins(of: "p1", at: 101).count == 1)
    }

    @Test(arguments: Engine.allCases) func `a login that its issuer ends takes along what cannot ask for itself`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        try await store.add(grant("asks", at: "one"))
        try await store.add(grant("trusts", at: "one", token: nil))
        let login = try #require(try await store.logins(of: "p1", at: 200).first)
        #expect(try await store.lease(login, as: "a", until: 300, at: 200) != nil)
        #expect(try await store.end(login, leasedAs: "a", at: 200))
        #expect(try await store.logins(of: "p1", at: 200).isEmpty)
        #expect(try await store.liveGrant("asks", at: 200) != nil)
        #expect(try await store.liveGrant("trusts", at: 200) == nil)
    }

    @Test(arguments: Engine.allCases) func `of several one confirms, and what is gone meanwhile stays gone`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        var login = try #require(try await store.logins(of: "p1", at: 200).first)
        #expect(try await store.beginConfirmation(of: login, at: 200))
        #expect(try await !store.beginConfirmation(of: login, at: 200))
        login.groups = ["new"]
        login.confirmedAt = 200
        try await store.confirm(login)
        #expect(try await store.logins(of: "p1", at: 200) == [login])
        #expect(try await store.lease(login, as: "a", until: 300, at: 200) != nil)
        #expect(try await store.end(login, leasedAs: "a", at: 200))
        try await store.confirm(login)
        #expect(try await store.logins(of: "p1", at: 200).isEmpty)
    }

    @Test(arguments: Engine.allCases) func `a closed account leaves nothing behind, and others as they are`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        _ = try await link(Self.login("two"), in: store)
        try await store.setConsent(person: "p1", client: "c", redirectURI: "u", scopes: ["x"], at: 1)
        try await store.add(grant("g1", at: "one"))
        _ = try await store.person(issuer: "https://one.example", subject: "other", orNew: "p2", at: 1)
        try await store.keep(Self.login("one", "other"))
        try await store.closeAccount(of: "p1", at: 200)
        #expect(try await store.identities(of: "p1").isEmpty)
        #expect(try await store.consent(person: "p1", client: "c", redirectURI: "u") == nil)
        #expect(try await store.liveGrant("g1", at: 200) == nil)
        #expect(try await store.logins(of: "p2", at: 200).count == 1)
        #expect(try await store.person(issuer: "https://one.example", subject: "s", orNew: "p3", at: 300) == "p3")
        #expect(try await store.logins(of: "p3", at: 300).isEmpty)
    }

    @Test(arguments: Engine.allCases) func `somebody's grants are shown by their last use, and ended by nobody else`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine.place())
        for id in ["g1", "g2", "g3"] { try await store.add(grant(id, at: "one")) }
        try await store.touchGrant("g2", at: 500)
        let (shown, count) = try await store.grants(of: "p1", at: 500, atMost: 2)
        #expect(shown.map(\.id) == ["g2", "g1"] && count == 3)
        #expect(try await !store.endGrant("g1", of: "p2", at: 500))
        #expect(try await store.endGrant("g1", of: "p1", at: 500))
        #expect(try await !store.endGrant("g1", of: "p1", at: 500))
        #expect(try await store.grants(of: "p1", at: 500, atMost: 9).shown.map(\.id) == ["g2", "g3"])
        try await store.endGrants(of: "p1", at: 500)
        #expect(try await store.grants(of: "p1", at: 500, atMost: 9).count == 0)
    }

    @Test(arguments: Engine.allCases) func `the refresh token is not in the file, and belongs to its row`(
        _ engine: Engine
    ) async throws {
        let place = try await engine.place()
        let store = try await store(place)
        store.close()
        #expect(try await place.bytes().range(of: Data("linked-secret-token".utf8)) == nil)
        let other = try await place.open(secret: Array(repeating: 8, count: 32))
        await #expect(throws: StateError.sealedWithAnotherKey) { try await other.logins(of: "p1", at: 200) }
    }

    @Test(arguments: Engine.allCases) func `what is over is deleted`(_ engine: Engine) async throws {
        let store = try await store(engine.place())
        try await store.prune(at: 1000)
        #expect(try await store.logins(of: "p1", at: 1).isEmpty)
        #expect(try await store.identities(of: "p1").count == 1, "whose it is stays")
    }

    private func grant(_ id: String, at provider: String, token: String? = "upstream") -> GrantRecord {
        GrantRecord(
            id: id,
            client: "c1",
            clientName: "Client",
            person: "p1",
            provider: provider,
            issuer: "https://\(provider).example",
            subject: "s",
            scopes: ["epic:read"],
            authenticatedAt: 90,
            createdAt: 100,
            expiresAt: 10_000,
            upstreamRefreshToken: token
        )
    }
}
