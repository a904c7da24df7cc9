import AuthorizationServer
import GatewayCore
import GatewayState
import TestSupport
import Testing

@Suite("What the site takes back of other issuers' tokens")
struct ForeignRevocationTests {
    private static let token = ForeignToken(
        issuer: "https://iam.example",
        subject: "ada",
        client: "cli",
        identifiers: ["t1", "s1"],
        issuedAt: 1000
    )

    @Test(
        arguments: [
            (.issuer, "https://iam.example", true), (.subject, "ada", true), (.client, "cli", true),
            (.grant, "t1", true), (.grant, "s1", true), (.issuer, "ada", false), (.subject, "eve", false),
            (.person, "ada", false), (.grant, "ada", false),
        ] as [(StateStore.RevocationKind, String, Bool)]
    )
    func `a token is known by issuer, subject, client and its own names`(
        _ kind: StateStore.RevocationKind,
        _ value: String,
        _ isRevoked: Bool
    ) async throws {
        let bench = try Bench()
        try await bench.store.revoke(kind, value, at: 1000)
        let standing = await ForeignRevocations(store: bench.store, outage: .zero).standing(of: Self.token)
        #expect(standing == (isRevoked ? .revoked : .holds))
    }

    @Test(arguments: [(999, .holds), (1000, .revoked), (1001, .revoked)] as [(Int64, RevocationStanding)])
    func `what is made later holds`(_ moment: Int64, _ standing: RevocationStanding) async throws {
        let bench = try Bench()
        try await bench.store.revoke(.subject, "ada", at: moment)
        #expect(await ForeignRevocations(store: bench.store, outage: .zero).standing(of: Self.token) == standing)
    }

    @Test func `a token that does not say when it was made may be an old one`() async throws {
        let bench = try Bench()
        let token = ForeignToken(issuer: "i", subject: "ada", client: nil, identifiers: [], issuedAt: nil)
        #expect(await ForeignRevocations(store: bench.store, outage: .zero).standing(of: token) == .holds)
        try await bench.store.revoke(.subject, "ada", at: 5)
        #expect(await ForeignRevocations(store: bench.store, outage: .zero).standing(of: token) == .revoked)
    }

    @Test func `without the state nothing is known, and so nothing holds`() async throws {
        let bench = try Bench()
        bench.store.close()
        #expect(await ForeignRevocations(store: bench.store, outage: .zero).standing(of: Self.token) == .unknown)
    }

    @Test func `what the state said last goes on as long as the site says`() async throws {
        let bench = try Bench()
        try await bench.store.revoke(.subject, "eve", at: 2000)
        let eve = ForeignToken(issuer: "i", subject: "eve", client: nil, identifiers: [], issuedAt: 1000)
        let long = ForeignRevocations(store: bench.store, outage: .seconds(600))
        let none = ForeignRevocations(store: bench.store, outage: .zero)
        for list in [long, none] { #expect(await list.standing(of: Self.token) == .holds) }
        bench.store.close()
        // The memory of half a second is over for one when it is for the other.
        await Polling.until("the end of the memory") { await none.standing(of: Self.token) == .unknown }
        for _ in 0..<3 {
            #expect(await long.standing(of: Self.token) == .holds)
            #expect(await long.standing(of: eve) == .revoked)
        }
    }
}
