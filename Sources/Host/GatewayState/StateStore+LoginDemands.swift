/// Who must log in anew before they get another token through a client.
extension StateStore {
    /// The next login must be at most so many seconds old; the demand is forgotten at `expiresAt`.
    package func demandLogin(
        issuer: String,
        subject: String,
        client: String,
        maximumAge: Int64,
        until expiresAt: Int64
    ) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO login_demands (issuer, subject, client, max_age, expires_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (issuer, subject, client)
                    DO UPDATE SET max_age = excluded.max_age, expires_at = excluded.expires_at
                    """,
                arguments: [issuer, subject, client, maximumAge, expiresAt]
            )
        }
    }

    /// How old a login may be at most, in seconds; nil when nobody demands anything.
    package func loginDemand(
        issuer: String,
        subject: String,
        client: String,
        at now: Int64
    ) async throws(StateError) -> Int64? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT max_age FROM login_demands
                    WHERE issuer = ? AND subject = ? AND client = ? AND expires_at > ?
                    """,
                arguments: [issuer, subject, client, now]
            ).map { $0["max_age"] }
        }
    }
}
