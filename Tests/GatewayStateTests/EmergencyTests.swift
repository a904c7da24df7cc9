import GatewayState
import Sealing
import Testing

@Suite("Emergencies in the state store")
struct EmergencyTests {
    private func key(_ id: String, from begin: Int64, until end: Int64 = 9_000) -> SigningKeyRecord {
        SigningKeyRecord(id: id, secret: Array(repeating: 3, count: 32), signsFrom: begin, retiresAt: end)
    }

    private func act(_ id: String = "a1", at moment: Int64 = 200) -> OperatorActRecord {
        OperatorActRecord(
            id: id,
            name: .keysRotated,
            details: ["by": "root", "reason": "a = b, leaked"],
            performedAt: moment
        )
    }

    @Test(arguments: Engine.allCases) func `a new key replaces those that do not sign yet, and ages the others`(
        _ engine: Engine
    ) async throws {
        let place = try await engine.place()
        let (one, other) = (try await place.open(), try await place.open())
        try await one.add(key("old", from: 100), knowing: [])
        try await one.add(key("older", from: 50, until: 210), knowing: ["old"])
        try await one.add(key("next", from: 5_000), knowing: ["old", "older"])
        try await one.add(OpenStore.grant())
        try await one.replaceSigningKeys(with: key("new", from: 201), retiring: 920, act())
        let keys = try await other.signingKeys()
        #expect(keys.map(\.id) == ["older", "old", "new"])
        #expect(keys.map(\.retiresAt) == [210, 920, 9_000])
        #expect(keys.last?.secret == key("new", from: 201).secret)
        #expect(try await other.standing(of: "g1", at: 209)?.signingKeys == ["older", "old", "new"])
        #expect(try await other.standing(of: "g1", at: 210)?.signingKeys == ["old", "new"])
        #expect(try await other.operatorActs() == [act()])
        // Another gateway that was about to announce the next key sees that it knew not all.
        try await other.add(key("late", from: 5_000), knowing: ["old", "older", "next"])
        #expect(try await one.signingKeys().map(\.id) == ["older", "old", "new"])
    }

    @Test(arguments: Engine.allCases) func `nothing that was given out or begun outlives the end of everything`(
        _ engine: Engine
    ) async throws {
        let place = try await engine.place()
        let (one, other) = (try await place.open(), try await place.open())
        try await one.add(key("old", from: 100), knowing: [])
        let person = try await one.person(issuer: "https://issuer.example", subject: "s1", orNew: "p1", at: 90)
        try await one.add(OpenStore.grant())
        let digest = Digest.sha256Text(Array("refresh".utf8))
        try await one.addRefreshToken(digest: digest, grant: "g1", client: "c1", expiresAt: 5_000)
        try await one.add(code)
        #expect(try await one.add(device, atMost: 5))
        for kind in StateStore.BrowserDocument.allCases {
            #expect(try await one.put(kind, digest: "d", [1], expiresAt: 5_000, atMost: 5, at: 100))
        }
        try await one.setConsent(person: person, client: "c1", redirectURI: "https://c/", scopes: ["a"], at: 100)
        try await one.keep(login)
        let consent = CallConsentRecord(
            purpose: "p",
            digest: "d",
            caller: "s1",
            document: [1],
            expiresAt: 5_000
        )
        #expect(try await one.add(consent, atMost: 5, perCaller: 5, at: 100) == .added)

        try await one.revokeEverything(signingFromNowOnWith: key("new", from: 200), act())

        #expect(try await other.signingKeys().map(\.id) == ["new"])
        #expect(try await other.liveGrant("g1", at: 201) == nil)
        #expect(try await other.standing(of: "g1", at: 201) == nil)
        #expect(try await other.grant("g1")?.upstreamRefreshToken == nil)
        #expect(try await other.refreshToken(digest: digest) == nil)
        #expect(try await other.code(digest: "cd", at: 201) == nil)
        #expect(try await other.device(digest: "dd") == nil)
        for kind in StateStore.BrowserDocument.allCases {
            #expect(try await other.document(kind, digest: "d", at: 201) == nil)
        }
        #expect(try await other.consent(person: person, client: "c1", redirectURI: "https://c/") == nil)
        #expect(try await other.logins(of: person, at: 201) == [])
        #expect(try await other.callConsent(purpose: "p", at: 201) == nil)
        #expect(try await other.person(issuer: "https://issuer.example", subject: "s1") == person, "who they are stays")
        #expect(try await other.operatorActs() == [act()])

        // What another gateway was about to write at that moment is of before; what begins later holds.
        try await other.add(OpenStore.grant("g2", createdAt: 200))
        try await other.add(OpenStore.grant("g3", createdAt: 201))
        #expect(try await one.liveGrant("g2", at: 201) == nil)
        #expect(try await one.liveGrant("g3", at: 201) != nil)
        #expect(try await one.isRevoked([(.everything, "")], since: 200))
        #expect(try await !one.isRevoked([(.everything, "")], since: 201))
    }

    @Test(arguments: Engine.allCases, [(86_599 as Int64, 1), (86_600, 0)])
    func `an act is kept for a day`(_ engine: Engine, _ case: (now: Int64, count: Int)) async throws {
        let store = try await engine.store()
        try await store.add(act())
        try await store.prune(at: `case`.now)
        #expect(try await store.operatorActs().count == `case`.count)
    }

    private var code: CodeRecord {
        CodeRecord(
            digest: "cd",
            grant: "g1",
            client: "c1",
            redirectURI: "https://c/",
            challenge: "c",
            expiresAt: 5_000
        )
    }

    private var device: DeviceRecord {
        DeviceRecord(
            digest: "dd",
            userCode: "ABCD",
            client: "c1",
            scopes: [],
            state: .allowed,
            grant: "g1",
            interval: 5,
            expiresAt: 5_000
        )
    }

    private var login: LoginRecord {
        LoginRecord(
            provider: "lab",
            issuer: "https://issuer.example",
            subject: "s1",
            username: nil,
            groups: ["g"],
            authenticatedAt: nil,
            provenAt: 100,
            expiresAt: 5_000,
            upstreamRefreshToken: "upstream"
        )
    }
}
