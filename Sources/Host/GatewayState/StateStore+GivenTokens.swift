import Sealing

/// Tokens that people gave for sources.
extension StateStore {
    /// Keeps a token in the place of an earlier one for the same source.
    ///
    /// Only while the login it comes by is the person's.
    /// - Returns: whether it is kept.
    package func keep(_ token: GivenTokenRecord) async throws(StateError) -> Bool {
        let sealed = sealer.seal(token.document, for: GivenTokenRecord.purpose(token.person, token.source))
        return try await write { db in
            guard try Self.isLogin(db, token.issuer, token.subject, of: token.person) else { return false }
            try db.execute(
                sql: """
                    INSERT INTO given_tokens (person, source, issuer, subject, sealed, given_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (person, source) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject,
                        sealed = excluded.sealed, given_at = excluded.given_at, expires_at = excluded.expires_at
                    """,
                arguments: [
                    token.person, token.source, token.issuer, token.subject, sealed, token.givenAt, token.expiresAt,
                ]
            )
            return true
        }
    }

    /// The token that the person behind a login gave for a source; nil for none that holds.
    package func givenToken(
        for source: String,
        of caller: (issuer: String, subject: String),
        at now: Int64
    ) async throws(StateError) -> GivenTokenRecord? {
        try await read { [sealer] db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT t.* FROM given_tokens t JOIN identities c ON c.person = t.person
                    WHERE c.issuer = ? AND c.subject = ? AND t.source = ? AND \(Self.givenHolds)
                    """,
                arguments: [caller.issuer, caller.subject, source, now]
            ).map { try GivenTokenRecord($0, sealer) }
        }
    }

    /// The tokens that a person gave and that hold, by source.
    package func givenTokens(of person: String, at now: Int64) async throws(StateError) -> [GivenTokenRecord] {
        try await read { [sealer] db in
            try Row.fetchAll(
                db,
                sql: "SELECT t.* FROM given_tokens t WHERE t.person = ? AND \(Self.givenHolds) ORDER BY t.source",
                arguments: [person, now]
            ).map { try GivenTokenRecord($0, sealer) }
        }
    }

    /// Removes the token that a person gave for a source.
    /// - Returns: whether there was one.
    package func removeGivenToken(for source: String, of person: String) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM given_tokens WHERE person = ? AND source = ?",
                arguments: [person, source]
            )
            return db.changesCount > 0
        }
    }

    /// Whether a token `t` holds at the moment that is the one argument: the login it came by is still the person's, and
    /// nothing of it was revoked since.
    private static let givenHolds = """
        t.expires_at > ?
        AND EXISTS (
            SELECT 1 FROM identities i WHERE i.issuer = t.issuer AND i.subject = t.subject AND i.person = t.person
        )
        AND NOT EXISTS (
            SELECT 1 FROM revocations r WHERE r.revoked_at >= t.given_at AND (
                (r.kind = 'subject' AND r.value = t.subject)
                OR (r.kind = 'person' AND r.value = t.person)
                OR (r.kind = 'issuer' AND r.value = t.issuer)
            )
        )
        """
}

extension GivenTokenRecord {
    /// Binds a sealed token to its row: a person's name here has no colon.
    fileprivate static func purpose(_ person: String, _ source: String) -> String {
        "given_tokens.sealed:\(person):\(source)"
    }

    fileprivate init(_ row: Row, _ sealer: Sealer) throws {
        let (person, source): (String, String) = (row["person"], row["source"])
        guard let document = sealer.open(row["sealed"], for: Self.purpose(person, source)) else {
            throw StateError.sealedWithAnotherKey
        }
        self.init(
            person: person,
            source: source,
            issuer: row["issuer"],
            subject: row["subject"],
            document: document,
            givenAt: row["given_at"],
            expiresAt: row["expires_at"]
        )
    }
}
