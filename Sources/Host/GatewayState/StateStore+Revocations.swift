/// What was taken back, for whoever has to know all of it.
extension StateStore {
    /// One revocation.
    package struct Revocation: Hashable, Sendable {
        package let kind: RevocationKind
        package let value: String
        /// What was made until then, in seconds since 1970, does not hold.
        package let revokedAt: Int64
    }

    /// All revocations there are, those of kinds that a later version made left out.
    package func revocations() async throws(StateError) -> [Revocation] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT kind, value, revoked_at FROM revocations").compactMap { row in
                RevocationKind(rawValue: row["kind"]).map {
                    Revocation(kind: $0, value: row["value"], revokedAt: row["revoked_at"])
                }
            }
        }
    }
}
