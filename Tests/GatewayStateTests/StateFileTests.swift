import Foundation
import GatewayState
import Sealing
import Testing

@Suite("The file of the state store")
struct StateFileTests {
    @Test func `what is kept outlives the process, and only its owner may read it`() async throws {
        let path = try OpenStore.path()
        let store = try OpenStore.open(path)
        try await store.add(OpenStore.grant())
        for file in [path, path + "-wal", path + "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        store.close()
        #expect(try await OpenStore.open(path).grant("g1") == OpenStore.grant())
    }

    @Test func `no secret lies in the file`() async throws {
        let path = try OpenStore.path()
        let store = try OpenStore.open(path)
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
        store.close()
        for secret in ["upstream-secret-token", "successor-secret", "session-secret", "key-secret"] {
            for file in [path, path + "-wal"] {
                let bytes = (try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data()
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file)")
            }
        }
    }

    @Test func `another sealing key opens the file and no secret of it`() async throws {
        let path = try OpenStore.path()
        let store = try OpenStore.open(path)
        try await store.add(OpenStore.grant())
        _ = try await store.put(.session, digest: "s", [1, 2, 3], expiresAt: 500, atMost: 9, at: 1)
        store.close()
        let other = try OpenStore.open(path, secret: Array(repeating: 8, count: 32))
        await #expect(throws: StateError.sealedWithAnotherKey) { try await other.grant("g1") }
        #expect(try await other.document(.session, digest: "s", at: 1) == nil)
    }

    @Test func `a file that is no database is refused`() throws {
        let path = try OpenStore.path()
        try Data("this is no database, and long enough to be seen as something else entirely".utf8)
            .write(to: URL(fileURLWithPath: path))
        #expect(throws: StateError.self) { try OpenStore.open(path) }
    }

    @Test func `what has ended is deleted and what has not stays`() async throws {
        let store = try OpenStore.make()
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
}
