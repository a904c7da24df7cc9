import Sealing

/// A key that signs the gateway's own tokens; times are in seconds since 1970.
package struct SigningKeyRecord: Hashable, Sendable {
    /// Its `kid`.
    package let id: String
    /// The private key; sealed in the file.
    package let secret: [UInt8]
    package let signsFrom: Int64
    /// When nothing signed by it can be valid any more.
    package let retiresAt: Int64

    package init(id: String, secret: [UInt8], signsFrom: Int64, retiresAt: Int64) {
        self.id = id
        self.secret = secret
        self.signsFrom = signsFrom
        self.retiresAt = retiresAt
    }
}

extension StateStore {
    /// All keys, by when they begin to sign.
    package func signingKeys() async throws(StateError) -> [SigningKeyRecord] {
        try await read { [sealer] db in
            try Row.fetchAll(db, sql: "SELECT * FROM signing_keys ORDER BY signs_from, id").map { row in
                let id: String = row["id"]
                guard let secret = sealer.open(row["sealed"], for: "signing_keys.sealed:\(id)") else {
                    throw StateError.sealedWithAnotherKey
                }
                return SigningKeyRecord(
                    id: id,
                    secret: secret,
                    signsFrom: row["signs_from"],
                    retiresAt: row["retires_at"]
                )
            }
        }
    }

    /// Keeps a new key, unless another gateway was faster: none is kept when there are others than those known.
    package func add(_ key: SigningKeyRecord, knowing known: Set<String>) async throws(StateError) {
        let sealed = sealer.seal(key.secret, for: "signing_keys.sealed:\(key.id)")
        try await write { db in
            let present = try String.fetchSet(db, sql: "SELECT id FROM signing_keys")
            guard present.isSubset(of: known) else { return }
            try Self.insert(db, key, sealed)
        }
    }

    static func insert(_ db: Database, _ key: SigningKeyRecord, _ sealed: String) throws {
        try db.execute(
            sql: "INSERT INTO signing_keys (id, sealed, signs_from, retires_at) VALUES (?, ?, ?, ?)",
            arguments: [key.id, sealed, key.signsFrom, key.retiresAt]
        )
    }
}
