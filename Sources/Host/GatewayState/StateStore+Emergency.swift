import Sealing

/// What is done when keys, or what was given out, may be in the wrong hands.
extension StateStore {
    /// Puts a new signing key in the place of all others, in one transaction with the note of it.
    ///
    /// Keys that do not sign yet are gone: whoever read one may have read them all. With `retirement` those that signed
    /// until now vouch for their tokens until then.
    package func replaceSigningKeys(
        with key: SigningKeyRecord,
        retiring retirement: Int64,
        _ act: OperatorActRecord
    ) async throws(StateError) {
        let sealed = seal(key)
        try await write { db in
            try db.execute(sql: "DELETE FROM signing_keys WHERE signs_from >= ?", arguments: [key.signsFrom])
            try db.execute(
                sql: "UPDATE signing_keys SET retires_at = ? WHERE retires_at > ?",
                arguments: [retirement, retirement]
            )
            try Self.insert(db, key, sealed)
            try Self.add(db, act)
        }
    }

    /// Puts a new signing key in the place of all others, and ends everything that was given out or begun until now.
    ///
    /// Who people are and which logins are theirs stays, and so do registered clients; what people allowed clients does
    /// not, as another hand may have done so.
    package func revokeEverything(
        signingFromNowOnWith key: SigningKeyRecord,
        _ act: OperatorActRecord
    ) async throws(StateError) {
        let sealed = seal(key)
        try await write { db in
            try db.execute(
                sql: "UPDATE grants SET ended_at = ?, sealed_upstream = NULL WHERE ended_at IS NULL",
                arguments: [act.performedAt]
            )
            for table in [
                "signing_keys", "refresh_tokens", "codes", "devices", "pending_logins", "browser_sessions", "consents",
                "call_consents", "logins", "given_tokens",
            ] {
                try db.execute(sql: "DELETE FROM \(table)")
            }
            // A login that was under way at this moment ends in a grant of before.
            try Self.revoke(db, .everything, "", at: act.performedAt)
            try Self.insert(db, key, sealed)
            try Self.add(db, act)
        }
    }

    private func seal(_ key: SigningKeyRecord) -> String {
        sealer.seal(key.secret, for: "signing_keys.sealed:\(key.id)")
    }
}
