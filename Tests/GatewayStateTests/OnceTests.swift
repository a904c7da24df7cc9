import GatewayState
import Testing

@Suite("What happens once in the state store")
struct OnceTests {
    private func code(usedAt: Int64? = nil) -> CodeRecord {
        CodeRecord(
            digest: "d",
            grant: "g1",
            client: "c1",
            redirectURI: "http://127.0.0.1/",
            challenge: "x",
            expiresAt: 160,
            usedAt: usedAt
        )
    }

    @Test(arguments: Engine.allCases) func `a code is spent by one caller and remembered as spent`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        try await store.add(code())
        #expect(try await store.code(digest: "d", at: 159) == code())
        #expect(try await store.code(digest: "d", at: 160) == nil)
        #expect(try await store.spendCode(digest: "d", at: 120, keptUntil: 900))
        #expect(try await !store.spendCode(digest: "d", at: 121, keptUntil: 900))
        #expect(try await store.code(digest: "d", at: 899)?.usedAt == 120)
    }

    @Test(arguments: Engine.allCases) func `an identifier is new once for each kind`(_ engine: Engine) async throws {
        let store = try await engine.store()
        #expect(try await store.spend("jti", "a", until: 10))
        #expect(try await !store.spend("jti", "a", until: 10))
        #expect(try await store.spend("jti", "b", until: 10))
        #expect(try await store.spend("other", "a", until: 10))
        try await store.prune(at: 10)
        #expect(try await store.spend("jti", "a", until: 20))
    }

    @Test(arguments: Engine.allCases) func `a document is removed by one caller`(_ engine: Engine) async throws {
        let store = try await engine.store()
        for kind in StateStore.BrowserDocument.allCases {
            #expect(try await store.put(kind, digest: "d", [1], expiresAt: 100, atMost: 9, at: 50))
            #expect(try await store.put(kind, digest: "d", [2], expiresAt: 200, atMost: 9, at: 50))
            #expect(try await !store.put(kind, digest: "e", [3], expiresAt: 200, atMost: 1, at: 199))
            #expect(try await store.document(kind, digest: "e", at: 60) == nil, "there are as many as may be")
            #expect(try await store.document(kind, digest: "d", at: 199) == [2])
            #expect(try await store.document(kind, digest: "d", at: 200) == nil)
            #expect(try await store.remove(kind, digest: "d"))
            #expect(try await !store.remove(kind, digest: "d"))
        }
    }

    @Test(arguments: Engine.allCases) func `a device is answered once and its tokens are fetched once`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        func device(_ digest: String, _ code: String) -> DeviceRecord {
            DeviceRecord(digest: digest, userCode: code, client: "c", scopes: ["x"], interval: 5, expiresAt: 100)
        }
        #expect(try await store.add(device("d", "BCDF"), atMost: 2))
        #expect(try await !store.add(device("e", "BCDF"), atMost: 2), "the code is taken")
        #expect(try await store.add(device("e", "GHJK"), atMost: 2))
        #expect(try await !store.add(device("f", "LMNP"), atMost: 2), "too many wait")
        #expect(try await store.device(userCode: "BCDF", at: 99) == device("d", "BCDF"))
        #expect(try await store.device(userCode: "BCDF", at: 100) == nil)
        #expect(try await store.answerDevice(digest: "d", .allowed, grant: "g1"))
        #expect(try await !store.answerDevice(digest: "d", .denied, grant: nil))
        #expect(try await store.device(userCode: "BCDF", at: 99) == nil)
        try await store.notePoll(digest: "d", at: 50, interval: 10)
        let polled = try await store.device(digest: "d")
        #expect(polled?.state == .allowed && polled?.grant == "g1" && polled?.polledAt == 50 && polled?.interval == 10)
        #expect(try await store.removeDevice(digest: "d"))
        #expect(try await !store.removeDevice(digest: "d"))
    }

    @Test(arguments: Engine.allCases) func `there are never more clients than may be`(_ engine: Engine) async throws {
        let store = try await engine.store()
        func client(_ id: String) -> ClientRecord {
            ClientRecord(id: id, name: "n", metadata: "{}", secretDigest: "s", createdAt: 1, expiresAt: 50)
        }
        #expect(try await store.add(client("a"), atMost: 1))
        #expect(try await !store.add(client("b"), atMost: 1))
        #expect(try await store.client("a", at: 49) == client("a"))
        #expect(try await store.client("a", at: 50) == nil)
        try await store.touchClient("a", at: 40, expiresAt: 90)
        #expect(try await store.client("a", at: 50)?.usedAt == 40)
    }

    @Test(arguments: Engine.allCases) func `of two gateways that make a first key, one wins`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        func key(_ id: String) -> SigningKeyRecord {
            SigningKeyRecord(id: id, secret: [1, 2], signsFrom: 5, retiresAt: 100)
        }
        try await store.add(key("a"), knowing: [])
        try await store.add(key("b"), knowing: [])
        #expect(try await store.signingKeys() == [key("a")])
        try await store.add(key("b"), knowing: ["a"])
        #expect(try await store.signingKeys() == [key("a"), key("b")])
        try await store.prune(at: 100)
        #expect(try await store.signingKeys() == [])
    }
}
