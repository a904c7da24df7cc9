import Foundation
import GatewayState
import Sealing
import Testing

@Suite("Where the state store keeps things")
struct StateFileTests {
    @Test(arguments: Engine.allCases)
    func `what is kept outlives the process`(_ engine: Engine) async throws {
        let place = try await engine.place()
        let store = try await place.open()
        try await store.add(OpenStore.grant())
        store.close()
        #expect(try await place.open().grant("g1") == OpenStore.grant())
        await #expect(throws: StateError.self) { try await store.grant("g1") }
    }

    @Test func `only its owner may read the file`() async throws {
        let path = try OpenStore.path()
        let store = try OpenStore.open(path)
        try await store.add(OpenStore.grant())
        for file in [path, path + "-wal", path + "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
    }

    @Test(arguments: Engine.allCases)
    func `no secret lies in the file or the tables`(_ engine: Engine) async throws {
        let place = try await engine.place()
        let store = try await place.open()
        try await store.add(OpenStore.grant())
        try await store.addRefreshToken(digest: "d", grant: "g1", client: "c1", expiresAt: 500)
        _ = try await store.rotateRefreshToken(
            digest: "d",
            client: "c1",
            successor: "successor-secret",
            at: 1,
            grace: 60,
            expiresAt: 500
        )
        _ = try await store.put(
            .session,
            digest: "s",
            Array("session-secret".utf8),
            expiresAt: 500,
            atMost: 9,
            at: 1
        )
        let key = SigningKeyRecord(id: "k", secret: Array("key-secret".utf8), signsFrom: 1, retiresAt: 2)
        try await store.add(key, knowing: [])
        let bytes = try await place.bytes()
        #expect(bytes.range(of: Data("https://issuer.example".utf8)) != nil, "this is looked through")
        for secret in ["upstream-secret-token", "successor-secret", "session-secret", "key-secret"] {
            let forms = [
                secret, Data(secret.utf8).base64EncodedString(), secret.utf8.map { String($0, radix: 16) }.joined(),
            ]
            #expect(forms.allSatisfy { bytes.range(of: Data($0.utf8)) == nil }, "\(secret)")
        }
    }

    @Test(arguments: Engine.allCases)
    func `another sealing key opens the state and no secret of it`(_ engine: Engine) async throws {
        let place = try await engine.place()
        let store = try await place.open()
        try await store.add(OpenStore.grant())
        _ = try await store.put(.session, digest: "s", [1, 2, 3], expiresAt: 500, atMost: 9, at: 1)
        store.close()
        let other = try await place.open(secret: Array(repeating: 8, count: 32))
        await #expect(throws: StateError.sealedWithAnotherKey) { try await other.grant("g1") }
        #expect(try await other.document(.session, digest: "s", at: 1) == nil)
    }

    @Test func `a file that is no database is refused`() throws {
        let path = try OpenStore.path()
        try Data("this is no database, and long enough to be seen as something else entirely".utf8)
            .write(to: URL(fileURLWithPath: path))
        #expect(throws: StateError.self) { try OpenStore.open(path) }
    }

    @Test(arguments: Engine.allCases)
    func `what has ended is deleted and what has not stays`(_ engine: Engine) async throws {
        let store = try await engine.store()
        for (id, expiry) in [("old", 100 as Int64), ("new", 101)] {
            let client = ClientRecord(
                id: id,
                name: "n",
                metadata: "{}",
                secretDigest: nil,
                createdAt: 1,
                expiresAt: expiry
            )
            _ = try await store.add(client, atMost: 10)
            _ = try await store.put(.pendingLogin, digest: id, [1], expiresAt: expiry, atMost: 9, at: 1)
        }
        try await store.prune(at: 100)
        #expect(try await store.client("old", at: 0) == nil)
        #expect(try await store.client("new", at: 0) != nil)
        #expect(try await store.document(.pendingLogin, digest: "old", at: 0) == nil)
        #expect(try await store.document(.pendingLogin, digest: "new", at: 0) == [1])
    }

    @Test(arguments: Engine.allCases)
    func `texts come back letter by letter, and none is cut off`(_ engine: Engine) async throws {
        let store = try await engine.store()
        for (number, name) in ["", "?", "a'b\"c\\d", "$1 ? '?'", "\u{e9}e\u{301}\u{1F980}", "a\nb\tc"].enumerated() {
            let record = ClientRecord(
                id: "c\(number)",
                name: name,
                metadata: #"{"a": "?"}"#,
                secretDigest: nil,
                createdAt: .min,
                expiresAt: .max
            )
            #expect(try await store.add(record, atMost: 10))
            let kept = try #require(try await store.client(record.id, at: 0))
            #expect(kept == record && kept.name.utf8.elementsEqual(name.utf8))
        }
        await #expect(throws: StateError.failed(detail: "a text contains a NUL character")) {
            try await store.setConsent(person: "p", client: "a\0b", redirectURI: "r", scopes: [], at: 1)
        }
        #expect(try await store.consent(person: "p", client: "a", redirectURI: "r") == nil)
    }
}
