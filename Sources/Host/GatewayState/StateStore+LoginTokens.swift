import Sealing

/// The tokens that came with people's logins, for sources that are asked with them.
extension StateStore {
    /// How the person behind a login stands with an issuer, whose name here and `iss` strings are given.
    package func standing(
        of caller: (issuer: String, subject: String),
        at provider: String,
        issuers: [String],
        at now: Int64
    ) async throws(StateError) -> IssuerStanding {
        try await read { [sealer] db in
            guard let person = try Self.person(db, caller.issuer, caller.subject) else { return .none }
            let logins = try Self.logins(db, of: person, at: now, sealer)
            guard let login = logins.first(where: { $0.provider == provider && issuers.contains($0.issuer) }) else {
                let present = try Self.identities(db, of: person)
                return present.contains { issuers.contains($0.issuer) } ? .over : .none
            }
            let row = try Row.fetchOne(
                db,
                sql: "SELECT sealed_tokens FROM logins WHERE issuer = ? AND subject = ?",
                arguments: [login.issuer, login.subject]
            )
            return .holds(HeldLogin(login: login, tokens: try row.flatMap { try Self.tokens($0, of: login, sealer) }))
        }
    }

    private static func tokens(_ row: Row, of login: LoginRecord, _ sealer: Sealer) throws -> [UInt8]? {
        guard let sealed: String = row["sealed_tokens"] else { return nil }
        guard let tokens = sealer.open(sealed, for: login.tokenPurpose) else { throw StateError.sealedWithAnotherKey }
        return tokens
    }

    /// Makes somebody the one who renews a login, under a name that nobody else has, unless another does it.
    ///
    /// Gives the login as it is now; nil when another renews it, or it is not the one it was. The lease is over in any
    /// case at `end`, in seconds since 1970.
    package func lease(
        _ login: LoginRecord,
        as name: String,
        until end: Int64,
        at now: Int64
    ) async throws(StateError) -> HeldLogin? {
        try await write { [sealer] db in
            try db.execute(
                sql: """
                    UPDATE logins SET lease = ?, leased_until = ? WHERE issuer = ? AND subject = ?
                    AND proven_at = ? AND (lease IS NULL OR leased_until <= ?)
                    """,
                arguments: [name, end, login.issuer, login.subject, login.provenAt, now]
            )
            guard db.changesCount == 1 else { return nil }
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM logins WHERE issuer = ? AND subject = ?",
                arguments: [login.issuer, login.subject]
            )
            guard let row else { return nil }
            let present = try LoginRecord(row, sealer)
            return HeldLogin(login: present, tokens: try Self.tokens(row, of: present, sealer))
        }
    }

    /// Takes over the refresh token that a renewal brought; its lease goes on.
    ///
    /// Nothing is kept when the lease is over: the person has logged in anew, or what was theirs is forgotten.
    /// - Returns: whether it is kept.
    package func keepRefreshToken(of login: LoginRecord, leasedAs name: String) async throws(StateError) -> Bool {
        let upstream = seal(login)
        return try await write { db in
            try db.execute(
                sql: "UPDATE logins SET sealed_upstream = ? WHERE issuer = ? AND subject = ? AND lease = ?",
                arguments: [upstream, login.issuer, login.subject, name]
            )
            return db.changesCount == 1
        }
    }

    /// Takes over who the person is after a renewal, and the tokens that came with it, and ends its lease.
    ///
    /// Nothing is kept when the lease is over.
    /// - Returns: whether it is kept.
    package func keep(
        tokens: [UInt8]?,
        of login: LoginRecord,
        leasedAs name: String
    ) async throws(StateError) -> Bool {
        let sealed = tokens.map { sealer.seal($0, for: login.tokenPurpose) }
        return try await write { db in
            try db.execute(
                sql: """
                    UPDATE logins SET username = ?, user_groups = ?, confirmed_at = ?,
                        sealed_tokens = COALESCE(?, sealed_tokens), lease = NULL, leased_until = NULL
                    WHERE issuer = ? AND subject = ? AND lease = ?
                    """,
                arguments: [
                    login.username, Lines.text(login.groups), login.confirmedAt, sealed, login.issuer, login.subject,
                    name,
                ]
            )
            return db.changesCount == 1
        }
    }

    /// Forgets a login that its issuer has ended, and ends what was granted by it and cannot ask for itself.
    ///
    /// Nothing ends when the lease is over.
    /// - Returns: whether it has ended.
    package func end(_ login: LoginRecord, leasedAs name: String, at now: Int64) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM logins WHERE issuer = ? AND subject = ? AND lease = ?",
                arguments: [login.issuer, login.subject, name]
            )
            guard db.changesCount == 1 else { return false }
            try db.execute(
                sql: "DELETE FROM given_tokens WHERE issuer = ? AND subject = ?",
                arguments: [login.issuer, login.subject]
            )
            let condition = "issuer = ? AND subject = ? AND sealed_upstream IS NULL"
            try Self.endGrants(db, condition, [login.issuer, login.subject], at: now)
            return true
        }
    }

    /// Ends a lease that brought nothing.
    package func release(_ login: LoginRecord, leasedAs name: String) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE logins SET lease = NULL, leased_until = NULL
                    WHERE issuer = ? AND subject = ? AND lease = ?
                    """,
                arguments: [login.issuer, login.subject, name]
            )
        }
    }

    /// Forgets all with which sources could be asked for a person, unless an application may still act for them.
    package func forgetUnusedTokens(of person: String, at now: Int64) async throws(StateError) {
        try await write { db in try Self.forgetUnusedTokens(db, of: person, at: now) }
    }

    static func forgetUnusedTokens(_ db: Database, of person: String, at now: Int64) throws {
        let isUsed = try Bool.fetchOne(
            db,
            sql: "SELECT COUNT(*) > 0 FROM grants g WHERE g.person = ? AND \(holds)",
            arguments: [person, now]
        )
        guard isUsed != true else { return }
        // Logins whose tokens no source wants keep what confirms their groups.
        for identity in try identities(db, of: person) {
            try db.execute(
                sql: """
                    UPDATE logins SET sealed_tokens = NULL, sealed_upstream = NULL, lease = NULL, leased_until = NULL
                    WHERE issuer = ? AND subject = ? AND (sealed_tokens IS NOT NULL OR lease IS NOT NULL)
                    """,
                arguments: [identity.issuer, identity.subject]
            )
        }
        try db.execute(sql: "DELETE FROM given_tokens WHERE person = ?", arguments: [person])
    }

    /// Forgets what a revocation of this moment takes from people: of what was revoked itself, and of whom no application
    /// may act for any more.
    static func forgetRevokedTokens(_ db: Database, _ kind: RevocationKind, _ value: String, at now: Int64) throws {
        let (ofLogin, ofToken): (String, String)
        switch kind {
        case .grant: return
        case .everything: (ofLogin, ofToken) = ("? = ''", "? = ''")
        case .client:
            let people = try String.fetchSet(
                db,
                sql: "SELECT DISTINCT person FROM grants WHERE client = ? AND ended_at IS NULL",
                arguments: [value]
            )
            for person in people { try forgetUnusedTokens(db, of: person, at: now) }
            return
        case .subject: (ofLogin, ofToken) = ("subject = ?", "subject = ?")
        case .issuer: (ofLogin, ofToken) = ("? IN (provider, issuer)", "issuer = ?")
        case .person:
            ofToken = "person = ?"
            ofLogin = """
                EXISTS (
                    SELECT 1 FROM identities i
                    WHERE i.issuer = logins.issuer AND i.subject = logins.subject AND i.person = ?
                )
                """
        }
        try db.execute(
            sql: """
                UPDATE logins SET sealed_tokens = NULL, sealed_upstream = NULL, lease = NULL, leased_until = NULL
                WHERE proven_at <= ? AND \(ofLogin)
                """,
            arguments: [now, value]
        )
        try db.execute(sql: "DELETE FROM given_tokens WHERE given_at <= ? AND \(ofToken)", arguments: [now, value])
    }
}

extension LoginRecord {
    /// Binds sealed tokens to their row, as `purpose` does the refresh token.
    var tokenPurpose: String { "logins.sealed_tokens:\(issuer.utf8.count):\(issuer):\(subject)" }
}
