import GatewayState
import Sealing
import Testing

@Suite("Refresh tokens in the state store")
struct RefreshTokenTests {
    private func rotate(
        _ store: StateStore,
        _ token: String,
        to successor: String,
        at now: Int64,
        client: String = "c1"
    ) async throws -> RefreshOutcome {
        try await store.rotateRefreshToken(
            digest: digest(token),
            client: client,
            successor: successor,
            at: now,
            grace: 60,
            expiresAt: 5_000
        )
    }

    private func digest(_ token: String) -> String { Digest.sha256Text(Array(token.utf8)) }

    private func store(_ engine: Engine) async throws -> StateStore {
        let store = try await engine.store()
        try await store.add(OpenStore.grant())
        try await store.addRefreshToken(digest: digest("one"), grant: "g1", client: "c1", expiresAt: 5_000)
        return store
    }

    @Test(arguments: Engine.allCases) func `each use gives a successor, which alone counts then`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine)
        #expect(try await rotate(store, "one", to: "two", at: 100) == .rotated(grant: "g1"))
        #expect(try await rotate(store, "two", to: "three", at: 101) == .rotated(grant: "g1"))
        #expect(try await rotate(store, "one", to: "four", at: 102) == .reused(grant: "g1"))
    }

    @Test(arguments: Engine.allCases, [(160 as Int64, true), (161, false)])
    func `a lost answer is given again for as long as the grace lasts`(
        _ engine: Engine,
        _ moment: (now: Int64, isGiven: Bool)
    ) async throws {
        let (now, isGiven) = moment
        let store = try await store(engine)
        #expect(try await rotate(store, "one", to: "two", at: 100) == .rotated(grant: "g1"))
        let again = try await rotate(store, "one", to: "other", at: now)
        #expect(again == (isGiven ? .repeated(grant: "g1", successor: "two") : .reused(grant: "g1")))
    }

    @Test(arguments: Engine.allCases) func `another client, an unknown token and an expired one get nothing`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine)
        #expect(try await rotate(store, "one", to: "two", at: 100, client: "c2") == .unknown)
        #expect(try await rotate(store, "zero", to: "two", at: 100) == .unknown)
        #expect(try await rotate(store, "one", to: "two", at: 5_000) == .unknown)
        #expect(try await rotate(store, "one", to: "two", at: 4_999) == .rotated(grant: "g1"))
    }

    @Test(arguments: Engine.allCases) func `an ended grant has no refresh tokens`(_ engine: Engine) async throws {
        let store = try await store(engine)
        try await store.endGrant("g1", at: 100)
        #expect(try await rotate(store, "one", to: "two", at: 101) == .unknown)
    }

    @Test(arguments: Engine.allCases)
    func `of many who use a token at once, one gets a new successor and the others the same`(
        _ engine: Engine
    ) async throws {
        let store = try await store(engine)
        let outcomes = try await withThrowingTaskGroup(of: RefreshOutcome.self) { group in
            for number in 0..<8 {
                group.addTask { try await rotate(store, "one", to: "successor-\(number)", at: 100) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .rotated(grant: "g1") } == 1)
        let repeated = Set(outcomes).subtracting([.rotated(grant: "g1")])
        #expect(repeated.count == 1)
        guard case .repeated(grant: "g1", _) = repeated.first else {
            Issue.record("\(repeated)")
            return
        }
    }
}
