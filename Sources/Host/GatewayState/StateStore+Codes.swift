/// Authorization codes: each may be redeemed once.
extension StateStore {
    package func add(_ code: CodeRecord) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO codes (digest, grant_id, client, redirect_uri, challenge, used_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    code.digest, code.grant, code.client, code.redirectURI, code.challenge, code.usedAt,
                    code.expiresAt,
                ]
            )
        }
    }

    /// The code with that digest, used or not; nil for none that has not expired.
    package func code(digest: String, at now: Int64) async throws(StateError) -> CodeRecord? {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM codes WHERE digest = ? AND expires_at > ?",
                arguments: [digest, now]
            )
            return row.map { row in
                CodeRecord(
                    digest: row["digest"],
                    grant: row["grant_id"],
                    client: row["client"],
                    redirectURI: row["redirect_uri"],
                    challenge: row["challenge"],
                    expiresAt: row["expires_at"],
                    usedAt: row["used_at"]
                )
            }
        }
    }

    /// Uses a code up; it is kept until `expiresAt`, so that its reuse is noticed.
    ///
    /// Of several callers one hears yes.
    package func spendCode(digest: String, at now: Int64, keptUntil expiresAt: Int64) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE codes SET used_at = ?, expires_at = ? WHERE digest = ? AND used_at IS NULL",
                arguments: [now, expiresAt, digest]
            )
            return db.changesCount == 1
        }
    }

    /// Notes an identifier that may be used once, such as the `jti` of an assertion (RFC 7523 section 3).
    /// - Returns: whether it is new.
    package func spend(_ kind: String, _ value: String, until expiresAt: Int64) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO spent_identifiers (kind, value, expires_at) VALUES (?, ?, ?)
                    ON CONFLICT (kind, value) DO NOTHING
                    """,
                arguments: [kind, value, expiresAt]
            )
            return db.changesCount == 1
        }
    }
}
