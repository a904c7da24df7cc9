import Sealing

/// Refresh tokens: kept as digests, each replaced when it is used.
extension StateStore {
    /// Keeps the first refresh token of a grant.
    package func addRefreshToken(
        digest: String,
        grant: String,
        client: String,
        expiresAt: Int64
    ) async throws(StateError) {
        try await write { db in
            try Self.insert(db, digest, grant, client, expiresAt)
        }
    }

    /// Replaces a refresh token by its successor, in one transaction.
    ///
    /// Clients lose answers: for `grace` seconds, and until the successor is used, the former token gives the same
    /// successor again. Any later use of it is a sign of theft (RFC 9700 section 4.14.2).
    package func rotateRefreshToken(
        digest: String,
        client: String,
        successor: String,
        at now: Int64,
        grace: Int64,
        expiresAt: Int64
    ) async throws(StateError) -> RefreshOutcome {
        let successorDigest = Digest.sha256Text(Array(successor.utf8))
        let sealed = sealer.seal(Array(successor.utf8), for: Self.purpose(digest))
        return try await write { [sealer] db in
            guard
                let row = try Row.fetchOne(
                    db,
                    sql: "SELECT * FROM refresh_tokens WHERE digest = ? AND client = ? AND expires_at > ?",
                    arguments: [digest, client, now]
                )
            else { return .unknown }
            let grant: String = row["grant_id"]
            guard let rotatedAt: Int64 = row["rotated_at"] else {
                try db.execute(
                    sql:
                        "UPDATE refresh_tokens SET rotated_at = ?, successor = ?, sealed_successor = ? WHERE digest = ?",
                    arguments: [now, successorDigest, sealed, digest]
                )
                try Self.insert(db, successorDigest, grant, client, expiresAt)
                return .rotated(grant: grant)
            }
            let next: String? = row["successor"]
            let isUnused =
                try Bool.fetchOne(
                    db,
                    sql: "SELECT COUNT(*) > 0 FROM refresh_tokens WHERE digest = ? AND rotated_at IS NULL",
                    arguments: [next]
                ) ?? false
            guard isUnused, now - rotatedAt <= grace, let sealed: String = row["sealed_successor"] else {
                return .reused(grant: grant)
            }
            guard let plain = sealer.open(sealed, for: Self.purpose(digest)) else {
                throw StateError.sealedWithAnotherKey
            }
            return .repeated(grant: grant, successor: String(decoding: plain, as: UTF8.self))
        }
    }

    /// The grant and the client of a refresh token, replaced or not; nil for none.
    package func refreshToken(digest: String) async throws(StateError) -> (grant: String, client: String)? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT grant_id, client FROM refresh_tokens WHERE digest = ?",
                arguments: [digest]
            ).map { (grant: $0["grant_id"], client: $0["client"]) }
        }
    }

    private static func insert(
        _ db: Database,
        _ digest: String,
        _ grant: String,
        _ client: String,
        _ expiresAt: Int64
    ) throws {
        try db.execute(
            sql: "INSERT INTO refresh_tokens (digest, grant_id, client, expires_at) VALUES (?, ?, ?, ?)",
            arguments: [digest, grant, client, expiresAt]
        )
    }

    private static func purpose(_ digest: String) -> String { "refresh_tokens.sealed_successor:\(digest)" }
}
