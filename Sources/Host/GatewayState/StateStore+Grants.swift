import Sealing

/// Grants: made, found, confirmed, ended.
extension StateStore {
    package func add(_ grant: GrantRecord) async throws(StateError) {
        let sealed = grant.upstreamRefreshToken.map { sealer.seal(Array($0.utf8), for: Self.purpose(grant.id)) }
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO grants (id, client, client_name, person, provider, issuer, subject, username,
                        user_groups, scopes, authenticated_at, created_at, used_at, confirmed_at, expires_at,
                        sealed_upstream)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    grant.id, grant.client, grant.clientName, grant.person, grant.provider, grant.issuer,
                    grant.subject, grant.username, Lines.text(grant.groups), Lines.text(grant.scopes),
                    grant.authenticatedAt, grant.createdAt, grant.usedAt, grant.confirmedAt, grant.expiresAt, sealed,
                ]
            )
        }
    }

    /// The grant with all its columns, ended or not; nil for none.
    package func grant(_ id: String) async throws(StateError) -> GrantRecord? {
        try await read { [sealer] db in
            try Row.fetchOne(db, sql: "SELECT * FROM grants WHERE id = ?", arguments: [id])
                .map { try GrantRecord($0, sealer) }
        }
    }

    /// The grant, unless it has expired, was ended, or falls under a revocation of its client, person or issuer.
    package func liveGrant(_ id: String, at now: Int64) async throws(StateError) -> GrantRecord? {
        try await read { [sealer] db in
            try Row.fetchOne(db, sql: "SELECT * FROM grants g WHERE g.id = ? AND \(Self.holds)", arguments: [id, now])
                .map { try GrantRecord($0, sealer) }
        }
    }

    /// Whether a grant `g` holds at the moment that is the one argument.
    static let holds = """
        g.ended_at IS NULL AND g.expires_at > ?
        AND NOT EXISTS (
            SELECT 1 FROM revocations r WHERE r.revoked_at >= g.created_at AND (
                (r.kind = 'client' AND r.value = g.client)
                OR (r.kind = 'subject' AND r.value = g.subject)
                OR (r.kind = 'person' AND r.value = g.person)
                OR (r.kind = 'issuer' AND r.value IN (g.provider, g.issuer))
                OR r.kind = 'everything'
            )
        )
        """

    /// Notes that a grant is being confirmed, unless somebody else does it at this moment.
    /// - Returns: whether this caller shall do it.
    package func beginConfirmation(of grant: GrantRecord, at now: Int64) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE grants SET confirmed_at = ? WHERE id = ? AND confirmed_at = ?",
                arguments: [now, grant.id, grant.confirmedAt]
            )
            return db.changesCount == 1
        }
    }

    /// Takes over what the upstream issuer says now.
    package func confirm(_ grant: GrantRecord) async throws(StateError) {
        let sealed = grant.upstreamRefreshToken.map { sealer.seal(Array($0.utf8), for: Self.purpose(grant.id)) }
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE grants SET username = ?, user_groups = ?, used_at = ?, confirmed_at = ?, sealed_upstream = ?
                    WHERE id = ? AND ended_at IS NULL
                    """,
                arguments: [
                    grant.username, Lines.text(grant.groups), grant.usedAt, grant.confirmedAt, sealed, grant.id,
                ]
            )
        }
    }

    /// Ends a grant; its refresh tokens are of no use from now on.
    package func endGrant(_ id: String, at now: Int64) async throws(StateError) {
        try await write { db in
            try Self.endGrants(db, "id = ?", [id], at: now)
            // Those of a grant that had ended before, too.
            try db.execute(sql: "DELETE FROM refresh_tokens WHERE grant_id = ?", arguments: [id])
        }
    }

    /// What a revocation is about.
    package enum RevocationKind: String, Hashable, Sendable, CaseIterable {
        case client, subject, person, issuer
        /// One grant, or one token of another issuer by its `jti` or `sid`.
        case grant
        /// All that the gateway gave out; its value is empty.
        case everything
    }

    /// Ends every grant there is now of a client, a subject, a person or an issuer; later ones hold.
    package func revoke(_ kind: RevocationKind, _ value: String, at now: Int64) async throws(StateError) {
        try await write { db in try Self.revoke(db, kind, value, at: now) }
    }

    static func revoke(_ db: Database, _ kind: RevocationKind, _ value: String, at now: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO revocations (kind, value, revoked_at) VALUES (?, ?, ?)
                ON CONFLICT (kind, value) DO UPDATE SET revoked_at = excluded.revoked_at
                """,
            arguments: [kind.rawValue, value, now]
        )
        try forgetRevokedTokens(db, kind, value, at: now)
    }

    /// Whether one of some names was revoked at a moment or since.
    package func isRevoked(
        _ names: [(kind: RevocationKind, value: String)],
        since moment: Int64
    ) async throws(StateError) -> Bool {
        try await read { db in
            for name in names {
                let isRevoked = try Bool.fetchOne(
                    db,
                    sql: "SELECT COUNT(*) > 0 FROM revocations WHERE kind = ? AND value = ? AND revoked_at >= ?",
                    arguments: [name.kind.rawValue, name.value, moment]
                )
                if isRevoked == true { return true }
            }
            return false
        }
    }

    private static func purpose(_ id: String) -> String { "grants.sealed_upstream:\(id)" }
}

extension GrantRecord {
    init(_ row: Row, _ sealer: Sealer) throws {
        self.init(
            id: row["id"],
            client: row["client"],
            clientName: row["client_name"],
            person: row["person"],
            provider: row["provider"],
            issuer: row["issuer"],
            subject: row["subject"],
            username: row["username"],
            groups: Lines.elements(row["user_groups"]),
            scopes: Lines.elements(row["scopes"]),
            authenticatedAt: row["authenticated_at"],
            createdAt: row["created_at"],
            expiresAt: row["expires_at"]
        )
        usedAt = row["used_at"]
        confirmedAt = row["confirmed_at"]
        endedAt = row["ended_at"]
        if let sealed: String = row["sealed_upstream"] {
            guard let token = sealer.open(sealed, for: "grants.sealed_upstream:\(id)") else {
                throw StateError.sealedWithAnotherKey
            }
            upstreamRefreshToken = String(decoding: token, as: UTF8.self)
        }
    }
}
