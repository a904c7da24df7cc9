import GatewayState
import Sealing
import Testing

@Suite("Two gateways on one state")
struct SharedStateTests {
    /// Does something at once on both, several times.
    private func race<Outcome: Sendable>(
        _ stores: [StateStore],
        _ body: @escaping @Sendable (StateStore, Int) async throws -> Outcome
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            for number in 0..<10 { group.addTask { try await body(stores[number % stores.count], number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func stores(_ engine: Engine) async throws -> [StateStore] {
        let place = try await engine.place()
        return [try await place.open(), try await place.open()]
    }

    @Test(arguments: Engine.allCases)
    func `any may be the first`(_ engine: Engine) async throws {
        let place = try await engine.place()
        let stores = try await withThrowingTaskGroup(of: StateStore.self) { group in
            for _ in 0..<6 { group.addTask { try await place.open() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await stores[0].add(OpenStore.grant())
        for store in stores { #expect(try await store.grant("g1") == OpenStore.grant()) }
    }

    @Test(arguments: Engine.allCases)
    func `a refresh token has one successor, and its reuse is noticed by the other`(_ engine: Engine) async throws {
        let stores = try await stores(engine)
        try await stores[0].add(OpenStore.grant())
        let digest = Digest.sha256Text(Array("one".utf8))
        try await stores[0].addRefreshToken(digest: digest, grant: "g1", client: "c1", expiresAt: 5_000)
        @Sendable func rotate(_ store: StateStore, _ digest: String, _ next: String) async throws -> RefreshOutcome {
            try await store.rotateRefreshToken(
                digest: digest,
                client: "c1",
                successor: next,
                at: 100,
                grace: 60,
                expiresAt: 5_000
            )
        }
        let outcomes = try await race(stores) { store, number in try await rotate(store, digest, "next-\(number)") }
        #expect(outcomes.count { $0 == .rotated(grant: "g1") } == 1)
        guard case .repeated(_, let successor) = try #require(outcomes.first { $0 != .rotated(grant: "g1") }) else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(outcomes.count { $0 == .repeated(grant: "g1", successor: successor) } == 9)
        let used = Digest.sha256Text(Array(successor.utf8))
        #expect(try await rotate(stores[1], used, "last") == .rotated(grant: "g1"))
        #expect(try await rotate(stores[0], digest, "thief") == .reused(grant: "g1"))
    }

    @Test(arguments: Engine.allCases)
    func `what happens once happens at one of them`(_ engine: Engine) async throws {
        let stores = try await stores(engine)
        let code = CodeRecord(
            digest: "d",
            grant: "g1",
            client: "c1",
            redirectURI: "https://a/",
            challenge: "x",
            expiresAt: 160
        )
        try await stores[0].add(code)
        let device = DeviceRecord(digest: "d", userCode: "BCDF", client: "c", scopes: [], interval: 5, expiresAt: 100)
        #expect(try await stores[0].add(device, atMost: 5))
        _ = try await stores[0].put(.pendingLogin, digest: "d", [1], expiresAt: 100, atMost: 5, at: 1)
        let spent = try await race(stores) { store, _ in
            [
                try await store.spendCode(digest: "d", at: 120, keptUntil: 900),
                try await store.spend("jti", "a", until: 100),
                try await store.answerDevice(digest: "d", .allowed, grant: "g1"),
                try await store.remove(.pendingLogin, digest: "d"),
            ]
        }
        for step in 0..<4 { #expect(spent.count { $0[step] } == 1, "step \(step)") }
        #expect(try await race(stores) { store, _ in try await store.removeDevice(digest: "d") }.count { $0 } == 1)
    }

    @Test(arguments: Engine.allCases)
    func `together they keep no more than may be, and make one person and one first key`(
        _ engine: Engine
    ) async throws {
        let stores = try await stores(engine)
        let kept = try await race(stores) { store, number in
            let client = ClientRecord(
                id: "c\(number)",
                name: "n",
                metadata: "{}",
                secretDigest: nil,
                createdAt: 1,
                expiresAt: 50
            )
            return try await store.add(client, atMost: 3)
        }
        #expect(kept.count { $0 } == 3)
        let people = try await race(stores) { store, number in
            try await store.person(issuer: "i", subject: "s", orNew: "p\(number)", at: 1)
        }
        #expect(Set(people).count == 1)
        _ = try await race(stores) { store, number in
            let key = SigningKeyRecord(id: "k\(number)", secret: [1], signsFrom: 5, retiresAt: 100)
            try await store.add(key, knowing: [])
        }
        #expect(try await stores[0].signingKeys().count == 1)
        #expect(try await stores[0].signingKeys() == stores[1].signingKeys())
    }

    @Test(arguments: Engine.allCases)
    func `what one ends has ended for the other`(_ engine: Engine) async throws {
        let stores = try await stores(engine)
        try await stores[0].add(OpenStore.grant())
        #expect(try await stores[1].liveGrant("g1", at: 200) != nil)
        try await stores[1].endGrant("g1", at: 200)
        #expect(try await stores[0].liveGrant("g1", at: 200) == nil)
    }
}
