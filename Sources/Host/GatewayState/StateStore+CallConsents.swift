import Sealing

/// Calls that people are asked about: asked once at a time, answered once, made once.
extension StateStore {
    /// Has a call wait for an answer, unless the same one is there or as many wait as may.
    ///
    /// What was made already, or is too old, gives way.
    package func add(
        _ consent: CallConsentRecord,
        atMost maximum: Int,
        perCaller: Int,
        at now: Int64
    ) async throws(StateError) -> CallConsentOutcome {
        let sealed = sealer.seal(consent.document, for: Self.purpose(consent.digest))
        return try await write { [sealer] db in
            let present = {
                try Row.fetchOne(
                    db,
                    sql: "SELECT * FROM call_consents WHERE purpose = ? AND expires_at > ? AND state <> 'spent'",
                    arguments: [consent.purpose, now]
                ).map { CallConsentOutcome.present(try CallConsentRecord($0, sealer)) }
            }
            if let present = try present() { return present }
            let counts = try Row.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) AS total, COUNT(CASE WHEN caller = ? THEN 1 END) AS mine
                    FROM call_consents WHERE expires_at > ? AND state <> 'spent'
                    """,
                arguments: [consent.caller, now]
            )
            guard let counts, counts["total"] < maximum, counts["mine"] < perCaller else { return .full }
            try db.execute(
                sql: """
                    INSERT INTO call_consents (purpose, digest, caller, sealed, state, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (purpose) DO UPDATE SET digest = excluded.digest, caller = excluded.caller,
                        sealed = excluded.sealed, state = excluded.state, expires_at = excluded.expires_at
                    WHERE call_consents.state = 'spent' OR call_consents.expires_at <= ?
                    """,
                arguments: [
                    consent.purpose, consent.digest, consent.caller, sealed, consent.state.rawValue,
                    consent.expiresAt, now,
                ]
            )
            // Somebody else may have asked meanwhile.
            return db.changesCount == 1 ? .added : try present() ?? .full
        }
    }

    /// The call that was asked about for a purpose; nil for none, or when its time is over.
    package func callConsent(purpose: String, at now: Int64) async throws(StateError) -> CallConsentRecord? {
        try await callConsent("purpose", purpose, now)
    }

    /// The call of a page; nil for none, or when its time is over.
    package func callConsent(digest: String, at now: Int64) async throws(StateError) -> CallConsentRecord? {
        try await callConsent("digest", digest, now)
    }

    /// Takes somebody's answer, once; it stands until `expiresAt`.
    /// - Returns: whether the call still waited for it.
    package func answerCallConsent(
        digest: String,
        _ state: CallConsentRecord.State,
        until expiresAt: Int64,
        at now: Int64
    ) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE call_consents SET state = ?, expires_at = ?
                    WHERE digest = ? AND state = 'waiting' AND expires_at > ?
                    """,
                arguments: [state.rawValue, expiresAt, digest, now]
            )
            return db.changesCount == 1
        }
    }

    /// Uses an approval up.
    /// - Returns: whether it was there: of several callers one hears yes.
    package func spendCallConsent(digest: String, at now: Int64) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE call_consents SET state = 'spent'
                    WHERE digest = ? AND state = 'approved' AND expires_at > ?
                    """,
                arguments: [digest, now]
            )
            return db.changesCount == 1
        }
    }

    private func callConsent(
        _ column: String,
        _ value: String,
        _ now: Int64
    ) async throws(StateError) -> CallConsentRecord? {
        try await read { [sealer] db in
            try Row.fetchOne(
                db,
                sql: "SELECT * FROM call_consents WHERE \(column) = ? AND expires_at > ?",
                arguments: [value, now]
            ).map { try CallConsentRecord($0, sealer) }
        }
    }

    fileprivate static func purpose(_ digest: String) -> String { "call_consents.sealed:\(digest)" }
}

extension CallConsentRecord {
    fileprivate init(_ row: Row, _ sealer: Sealer) throws {
        let digest: String = row["digest"]
        guard let document = sealer.open(row["sealed"], for: StateStore.purpose(digest)) else {
            throw StateError.sealedWithAnotherKey
        }
        self.init(
            purpose: row["purpose"],
            digest: digest,
            caller: row["caller"],
            document: document,
            state: State(rawValue: row["state"]) ?? .refused,
            expiresAt: row["expires_at"]
        )
    }
}
