import Foundation
import GatewayState
import Testing

@Suite("Grants in the state store")
struct GrantTests {
    @Test(arguments: Engine.allCases) func `a grant comes back as it was kept`(_ engine: Engine) async throws {
        let store = try await engine.store()
        try await store.add(OpenStore.grant())
        #expect(try await store.grant("g1") == OpenStore.grant())
        #expect(try await store.liveGrant("g1", at: 9_999) == OpenStore.grant())
        #expect(try await store.grant("g2") == nil)
    }

    @Test(arguments: Engine.allCases) func `a grant ends at its expiry and when it is ended`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        try await store.add(OpenStore.grant())
        #expect(try await store.liveGrant("g1", at: 10_000) == nil)
        try await store.endGrant("g1", at: 200)
        #expect(try await store.liveGrant("g1", at: 201) == nil)
        let ended = try #require(try await store.grant("g1"))
        #expect(ended.endedAt == 200)
        #expect(ended.upstreamRefreshToken == nil)
        try await store.endGrant("g1", at: 300)
        #expect(try await store.grant("g1")?.endedAt == 200)
    }

    @Test(
        arguments: Engine.allCases,
        [
            (StateStore.RevocationKind.client, "c1"), (.subject, "s1"), (.person, "p1"), (.issuer, "lab"),
            (.issuer, "https://issuer.example"),
        ]
    )
    func `a revocation ends what was granted before it and nothing after`(
        _ engine: Engine,
        _ revocation: (kind: StateStore.RevocationKind, value: String)
    ) async throws {
        let (kind, value) = revocation
        let store = try await engine.store()
        try await store.add(OpenStore.grant("early", createdAt: 500))
        try await store.add(OpenStore.grant("late", createdAt: 501))
        try await store.revoke(kind, value + "x", at: 500)
        #expect(try await store.liveGrant("early", at: 502) != nil)
        try await store.revoke(kind, value, at: 500)
        #expect(try await store.liveGrant("early", at: 502) == nil)
        #expect(try await store.liveGrant("late", at: 502) != nil)
        try await store.revoke(kind, value, at: 501)
        #expect(try await store.liveGrant("late", at: 502) == nil)
    }

    @Test(arguments: Engine.allCases) func `what the issuer confirms takes the place of what it said before`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        try await store.add(OpenStore.grant())
        var grant = OpenStore.grant()
        grant.groups = []
        grant.username = nil
        grant.confirmedAt = 700
        grant.upstreamRefreshToken = "another"
        try await store.confirm(grant)
        #expect(try await store.grant("g1") == grant)
    }

    @Test(arguments: Engine.allCases) func `one identity has one person, whoever asks first`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        let first = try await store.person(issuer: "i", subject: "s", orNew: "p1", at: 1)
        let again = try await store.person(issuer: "i", subject: "s", orNew: "p2", at: 2)
        let other = try await store.person(issuer: "j", subject: "s", orNew: "p3", at: 3)
        #expect([first, again, other] == ["p1", "p1", "p3"])
    }

    @Test(arguments: Engine.allCases) func `consent is per person, client and redirect URI`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        try await store.setConsent(person: "p", client: "c", redirectURI: "https://a/", scopes: ["x"], at: 1)
        try await store.setConsent(person: "p", client: "c", redirectURI: "https://a/", scopes: ["x", "y"], at: 2)
        #expect(try await store.consent(person: "p", client: "c", redirectURI: "https://a/") == ["x", "y"])
        for (person, client, uri) in [("q", "c", "https://a/"), ("p", "d", "https://a/"), ("p", "c", "https://a")] {
            #expect(try await store.consent(person: person, client: client, redirectURI: uri) == nil)
        }
    }
}
