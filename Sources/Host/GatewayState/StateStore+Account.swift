/// What a person sees and ends of what they granted.
extension StateStore {
    /// The grants of a person that hold, the one used last first, and how many there are in all.
    package func grants(
        of person: String,
        at now: Int64,
        atMost maximum: Int
    ) async throws(StateError) -> (shown: [GrantRecord], count: Int) {
        try await read { [sealer] db in
            let condition = "FROM grants g WHERE g.person = ? AND \(Self.holds)"
            let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) \(condition)", arguments: [person, now]) ?? 0
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT * \(condition) ORDER BY g.used_at DESC, g.created_at DESC, g.id LIMIT ?",
                arguments: [person, now, maximum]
            )
            return (try rows.map { try GrantRecord($0, sealer) }, count)
        }
    }

    /// Ends a grant if it is a person's and had not ended.
    /// - Returns: whether it was.
    package func endGrant(_ id: String, of person: String, at now: Int64) async throws(StateError) -> Bool {
        try await write { db in
            let isTheirs = try Bool.fetchOne(
                db,
                sql: "SELECT COUNT(*) > 0 FROM grants WHERE id = ? AND person = ? AND ended_at IS NULL",
                arguments: [id, person]
            )
            guard isTheirs == true else { return false }
            try Self.endGrants(db, "id = ?", [id], at: now)
            return true
        }
    }

    /// Ends all grants of a person that had not ended.
    package func endGrants(of person: String, at now: Int64) async throws(StateError) {
        try await write { db in try Self.endGrants(db, "person = ?", [person], at: now) }
    }

    /// Remembers that a grant was used.
    package func touchGrant(_ id: String, at now: Int64) async throws(StateError) {
        try await write { db in
            try db.execute(sql: "UPDATE grants SET used_at = ? WHERE id = ?", arguments: [now, id])
        }
    }
}
