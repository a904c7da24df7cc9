import Sealing

/// What a browser has under way: documents that only the gateway can read, found by a secret the browser holds.
extension StateStore {
    /// Which kind of document.
    package enum BrowserDocument: String, Hashable, Sendable, CaseIterable {
        /// An authorization request that waits for consent, choice or login.
        case pendingLogin = "pending_logins"
        /// A person who is logged in.
        case session = "browser_sessions"
    }

    /// Keeps a document, in place of an older one of the same secret, unless there are as many as may be at this moment.
    ///
    /// Nobody has to be known for one to be kept, so they must not fill the disk.
    /// - Returns: whether it was kept.
    package func put(
        _ kind: BrowserDocument,
        digest: String,
        _ document: [UInt8],
        expiresAt: Int64,
        atMost maximum: Int,
        at now: Int64
    ) async throws(StateError) -> Bool {
        let sealed = sealer.seal(document, for: "\(kind.rawValue).sealed:\(digest)")
        return try await write { db in
            let count = try Int.fetchOne(
                db,
                sql: "SELECT COUNT(*) FROM \(kind.rawValue) WHERE expires_at > ?",
                arguments: [now]
            )
            guard (count ?? 0) < maximum else { return false }
            try db.execute(
                sql: """
                    INSERT INTO \(kind.rawValue) (digest, sealed, expires_at) VALUES (?, ?, ?)
                    ON CONFLICT (digest) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at
                    """,
                arguments: [digest, sealed, expiresAt]
            )
            return true
        }
    }

    /// The document; nil when there is none or its time is over.
    package func document(
        _ kind: BrowserDocument,
        digest: String,
        at now: Int64
    ) async throws(StateError) -> [UInt8]? {
        let sealed = try await read { db in
            try String.fetchOne(
                db,
                sql: "SELECT sealed FROM \(kind.rawValue) WHERE digest = ? AND expires_at > ?",
                arguments: [digest, now]
            )
        }
        return sealed.flatMap { sealer.open($0, for: "\(kind.rawValue).sealed:\(digest)") }
    }

    /// Removes a document.
    /// - Returns: whether it was there: of several callers one hears yes.
    package func remove(_ kind: BrowserDocument, digest: String) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(sql: "DELETE FROM \(kind.rawValue) WHERE digest = ?", arguments: [digest])
            return db.changesCount == 1
        }
    }
}
