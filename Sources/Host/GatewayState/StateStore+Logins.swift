import Sealing

/// The logins of people, and what the issuers last said of each.
extension StateStore {
    /// The grant as `liveGrant` finds it, with the logins of its person that hold.
    package func standing(of id: String, at now: Int64) async throws(StateError) -> GrantStanding? {
        try await read { [sealer] db in
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM grants g WHERE g.id = ? AND \(Self.holds)",
                arguments: [id, now]
            )
            guard let grant = try row.map({ try GrantRecord($0, sealer) }) else { return nil }
            return GrantStanding(
                grant: grant,
                hasLogin: try Self.isLogin(db, grant.issuer, grant.subject, of: grant.person),
                logins: try Self.logins(db, of: grant.person, at: now, sealer),
                signingKeys: try String.fetchSet(
                    db,
                    sql: "SELECT id FROM signing_keys WHERE retires_at > ?",
                    arguments: [now]
                )
            )
        }
    }

    /// The logins of a person that hold: neither over, nor revoked since the person last logged in there.
    package func logins(of person: String, at now: Int64) async throws(StateError) -> [LoginRecord] {
        try await read { [sealer] db in try Self.logins(db, of: person, at: now, sealer) }
    }

    /// All logins that are a person's, the first first.
    package func identities(of person: String) async throws(StateError) -> [IdentityRecord] {
        try await read { db in try Self.identities(db, of: person) }
    }

    /// Whether a login is a person's.
    package func isLogin(issuer: String, subject: String, of person: String) async throws(StateError) -> Bool {
        try await read { db in try Self.isLogin(db, issuer, subject, of: person) }
    }

    /// Keeps what an issuer said at a login; without a refresh token the one that is there stays.
    ///
    /// `tokens` are those for sources; whoever was renewing earlier ones renews them for nobody.
    package func keep(_ login: LoginRecord, tokens: [UInt8]? = nil) async throws(StateError) {
        let (sealed, sealedTokens) = (seal(login), seal(tokens, of: login))
        try await write { db in try Self.keep(db, login, sealed, sealedTokens) }
    }

    /// Makes a login a person's, who is here by another one that must still be theirs.
    ///
    /// A person has one login of each issuer, whose `iss` strings are given.
    package func link(
        _ login: LoginRecord,
        to person: String,
        hereBy own: (issuer: String, subject: String),
        issuers: [String],
        tokens: [UInt8]? = nil,
        at now: Int64
    ) async throws(StateError) -> LinkOutcome {
        let (sealed, sealedTokens) = (seal(login), seal(tokens, of: login))
        return try await write { db in
            guard try Self.isLogin(db, own.issuer, own.subject, of: person) else { return .gone }
            let owner = try String.fetchOne(
                db,
                sql: "SELECT person FROM identities WHERE issuer = ? AND subject = ?",
                arguments: [login.issuer, login.subject]
            )
            guard owner == nil || owner == person else { return .taken }
            if owner == nil {
                let present = try Self.identities(db, of: person)
                guard !present.contains(where: { issuers.contains($0.issuer) }) else { return .occupied }
                try db.execute(
                    sql: "INSERT INTO identities (issuer, subject, person, linked_at) VALUES (?, ?, ?, ?)",
                    arguments: [login.issuer, login.subject, person, now]
                )
            }
            try Self.keep(db, login, sealed, sealedTokens)
            return owner == nil ? .linked : .renewed
        }
    }

    /// Takes a login from a person, but not the only one.
    ///
    /// Grants that were made by it go on by another login that holds, or end when there is none.
    package func unlink(
        issuer: String,
        subject: String,
        of person: String,
        at now: Int64
    ) async throws(StateError) -> UnlinkOutcome {
        try await write { [sealer] db in
            let present = try Self.identities(db, of: person)
            guard present.contains(where: { $0.issuer == issuer && $0.subject == subject }) else { return .unknown }
            guard present.count > 1 else { return .last }
            for table in ["identities", "logins", "given_tokens"] {
                try db.execute(
                    sql: "DELETE FROM \(table) WHERE issuer = ? AND subject = ?",
                    arguments: [issuer, subject]
                )
            }
            guard let next = try Self.logins(db, of: person, at: now, sealer).first else {
                try Self.endGrants(db, "person = ? AND issuer = ? AND subject = ?", [person, issuer, subject], at: now)
                return .unlinked
            }
            try db.execute(
                sql: """
                    UPDATE grants SET provider = ?, issuer = ?, subject = ?, username = ?, user_groups = ?,
                        authenticated_at = ?, confirmed_at = ?, sealed_upstream = NULL
                    WHERE person = ? AND issuer = ? AND subject = ? AND ended_at IS NULL
                    """,
                arguments: [
                    next.provider, next.issuer, next.subject, next.username, Lines.text(next.groups),
                    next.authenticatedAt, next.confirmedAt, person, issuer, subject,
                ]
            )
            return .unlinked
        }
    }

    /// Ends all that a person granted, and forgets their logins and what they agreed to.
    package func closeAccount(of person: String, at now: Int64) async throws(StateError) {
        try await write { db in
            try Self.endGrants(db, "person = ?", [person], at: now)
            for present in try Self.identities(db, of: person) {
                try db.execute(
                    sql: "DELETE FROM logins WHERE issuer = ? AND subject = ?",
                    arguments: [present.issuer, present.subject]
                )
            }
            try db.execute(sql: "DELETE FROM given_tokens WHERE person = ?", arguments: [person])
            try db.execute(sql: "DELETE FROM identities WHERE person = ?", arguments: [person])
            try db.execute(sql: "DELETE FROM consents WHERE person = ?", arguments: [person])
        }
    }

    // MARK: - Asking the issuers again

    /// Notes that a login is being confirmed, unless somebody else does it at this moment.
    /// - Returns: whether this caller shall do it.
    package func beginConfirmation(of login: LoginRecord, at now: Int64) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE logins SET confirmed_at = ? WHERE issuer = ? AND subject = ? AND confirmed_at = ?",
                arguments: [now, login.issuer, login.subject, login.confirmedAt]
            )
            return db.changesCount == 1
        }
    }

    /// Takes back that a login is being confirmed since `now`: the silence of its issuer is counted from when it last spoke.
    package func takeBackConfirmation(of login: LoginRecord, begunAt now: Int64) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: "UPDATE logins SET confirmed_at = ? WHERE issuer = ? AND subject = ? AND confirmed_at = ?",
                arguments: [login.confirmedAt, login.issuer, login.subject, now]
            )
        }
    }

    /// Takes over what the issuer says now; a login that is gone meanwhile stays so.
    ///
    /// Without a refresh token the one that is there stays.
    package func confirm(_ login: LoginRecord) async throws(StateError) {
        let sealed = seal(login)
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE logins SET username = ?, user_groups = ?, confirmed_at = ?,
                        sealed_upstream = COALESCE(?, sealed_upstream)
                    WHERE issuer = ? AND subject = ?
                    """,
                arguments: [
                    login.username, Lines.text(login.groups), login.confirmedAt, sealed, login.issuer, login.subject,
                ]
            )
        }
    }

    // MARK: - Parts of statements

    /// Ends those grants of which a condition holds, and that had not ended; who has none left has nothing for sources.
    static func endGrants(
        _ db: Database,
        _ condition: String,
        _ arguments: StatementArguments,
        at now: Int64
    ) throws {
        let ended = try String.fetchAll(
            db,
            sql: "SELECT id FROM grants WHERE ended_at IS NULL AND \(condition)",
            arguments: arguments
        )
        var people: Set<String> = []
        for id in ended {
            try db.execute(
                sql: "UPDATE grants SET ended_at = ?, sealed_upstream = NULL WHERE id = ?",
                arguments: [now, id]
            )
            try db.execute(sql: "DELETE FROM refresh_tokens WHERE grant_id = ?", arguments: [id])
            let person = try String.fetchOne(db, sql: "SELECT person FROM grants WHERE id = ?", arguments: [id])
            if let person { people.insert(person) }
        }
        for person in people { try forgetUnusedTokens(db, of: person, at: now) }
    }

    static func identities(_ db: Database, of person: String) throws -> [IdentityRecord] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM identities WHERE person = ? ORDER BY linked_at, issuer, subject",
            arguments: [person]
        ).map { IdentityRecord(issuer: $0["issuer"], subject: $0["subject"], linkedAt: $0["linked_at"]) }
    }

    static func isLogin(
        _ db: Database,
        _ issuer: String,
        _ subject: String,
        of person: String
    ) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: "SELECT COUNT(*) > 0 FROM identities WHERE issuer = ? AND subject = ? AND person = ?",
            arguments: [issuer, subject, person]
        ) ?? false
    }

    static func logins(
        _ db: Database,
        of person: String,
        at now: Int64,
        _ sealer: Sealer
    ) throws -> [LoginRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT l.* FROM logins l JOIN identities i ON i.issuer = l.issuer AND i.subject = l.subject
                WHERE i.person = ? AND l.expires_at > ? AND NOT EXISTS (
                    SELECT 1 FROM revocations r WHERE r.revoked_at >= l.proven_at AND (
                        (r.kind = 'subject' AND r.value = l.subject)
                        OR (r.kind = 'person' AND r.value = i.person)
                        OR (r.kind = 'issuer' AND r.value IN (l.provider, l.issuer))
                    )
                )
                ORDER BY i.linked_at, l.issuer, l.subject
                """,
            arguments: [person, now]
        ).map { try LoginRecord($0, sealer) }
    }

    private static func keep(
        _ db: Database,
        _ login: LoginRecord,
        _ sealed: String?,
        _ sealedTokens: String?
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO logins (issuer, subject, provider, username, user_groups, authenticated_at, proven_at,
                    confirmed_at, expires_at, sealed_upstream, sealed_tokens)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (issuer, subject) DO UPDATE SET provider = excluded.provider,
                    username = excluded.username, user_groups = excluded.user_groups,
                    authenticated_at = excluded.authenticated_at, proven_at = excluded.proven_at,
                    confirmed_at = excluded.confirmed_at, expires_at = excluded.expires_at,
                    sealed_upstream = COALESCE(excluded.sealed_upstream, logins.sealed_upstream),
                    sealed_tokens = COALESCE(excluded.sealed_tokens, logins.sealed_tokens),
                    lease = NULL, leased_until = NULL
                """,
            arguments: [
                login.issuer, login.subject, login.provider, login.username, Lines.text(login.groups),
                login.authenticatedAt, login.provenAt, login.confirmedAt, login.expiresAt, sealed, sealedTokens,
            ]
        )
    }

    private func seal(_ tokens: [UInt8]?, of login: LoginRecord) -> String? {
        tokens.map { sealer.seal($0, for: login.tokenPurpose) }
    }

    func seal(_ login: LoginRecord) -> String? {
        login.upstreamRefreshToken.map {
            sealer.seal(Array($0.utf8), for: LoginRecord.purpose(login.issuer, login.subject))
        }
    }
}

extension LoginRecord {
    /// Binds a sealed token to its row: neither part can hold a line break without being another pair.
    fileprivate static func purpose(_ issuer: String, _ subject: String) -> String {
        "logins.sealed_upstream:\(issuer.utf8.count):\(issuer):\(subject)"
    }

    init(_ row: Row, _ sealer: Sealer) throws {
        self.init(
            provider: row["provider"],
            issuer: row["issuer"],
            subject: row["subject"],
            username: row["username"],
            groups: Lines.elements(row["user_groups"]),
            authenticatedAt: row["authenticated_at"],
            provenAt: row["proven_at"],
            expiresAt: row["expires_at"]
        )
        confirmedAt = row["confirmed_at"]
        if let sealed: String = row["sealed_upstream"] {
            guard let token = sealer.open(sealed, for: Self.purpose(issuer, subject)) else {
                throw StateError.sealedWithAnotherKey
            }
            upstreamRefreshToken = String(decoding: token, as: UTF8.self)
        }
    }
}
