/// People and what they agreed to.
extension StateStore {
    /// The gateway's stable name for the person behind an issuer's subject; the new one when nobody has it yet.
    ///
    /// Issuer and subject together are the key: never an address or a name.
    package func person(
        issuer: String,
        subject: String,
        orNew new: String,
        at now: Int64
    ) async throws(StateError) -> String {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO identities (issuer, subject, person, linked_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (issuer, subject) DO NOTHING
                    """,
                arguments: [issuer, subject, new, now]
            )
            let person = try Self.person(db, issuer, subject)
            guard let person else { throw StateError.failed(detail: "an identity is gone") }
            return person
        }
    }

    /// The person behind an issuer's subject; nil for one that never logged in.
    package func person(issuer: String, subject: String) async throws(StateError) -> String? {
        try await read { db in try Self.person(db, issuer, subject) }
    }

    static func person(_ db: Database, _ issuer: String, _ subject: String) throws -> String? {
        try String.fetchOne(
            db,
            sql: "SELECT person FROM identities WHERE issuer = ? AND subject = ?",
            arguments: [issuer, subject]
        )
    }

    /// The scopes a person has allowed a client at a redirect URI.
    package func consent(person: String, client: String, redirectURI: String) async throws(StateError) -> [String]? {
        try await read { db in
            try String.fetchOne(
                db,
                sql: "SELECT scopes FROM consents WHERE person = ? AND client = ? AND redirect_uri = ?",
                arguments: [person, client, redirectURI]
            ).map(Lines.elements)
        }
    }

    package func setConsent(
        person: String,
        client: String,
        redirectURI: String,
        scopes: [String],
        at now: Int64
    ) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO consents (person, client, redirect_uri, scopes, given_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (person, client, redirect_uri)
                    DO UPDATE SET scopes = excluded.scopes, given_at = excluded.given_at
                    """,
                arguments: [person, client, redirectURI, Lines.text(scopes), now]
            )
        }
    }
}
