/// Clients that registered themselves.
extension StateStore {
    /// Keeps a new client, unless there are as many as may be.
    /// - Returns: whether it was kept.
    package func add(_ client: ClientRecord, atMost maximum: Int) async throws(StateError) -> Bool {
        try await write { db in
            let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM clients") ?? 0
            guard count < maximum else { return false }
            try db.execute(
                sql: """
                    INSERT INTO clients (id, name, metadata, secret_digest, created_at, used_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    client.id, client.name, client.metadata, client.secretDigest, client.createdAt, client.usedAt,
                    client.expiresAt,
                ]
            )
            return true
        }
    }

    /// The client of that name, unless it has expired.
    package func client(_ id: String, at now: Int64) async throws(StateError) -> ClientRecord? {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM clients WHERE id = ? AND expires_at > ?",
                arguments: [id, now]
            )
            return row.map { row in
                ClientRecord(
                    id: row["id"],
                    name: row["name"],
                    metadata: row["metadata"],
                    secretDigest: row["secret_digest"],
                    createdAt: row["created_at"],
                    usedAt: row["used_at"],
                    expiresAt: row["expires_at"]
                )
            }
        }
    }

    /// Remembers that a client was used, and until when it therefore stays.
    package func touchClient(_ id: String, at now: Int64, expiresAt: Int64) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: "UPDATE clients SET used_at = ?, expires_at = ? WHERE id = ?",
                arguments: [now, expiresAt, id]
            )
        }
    }
}
