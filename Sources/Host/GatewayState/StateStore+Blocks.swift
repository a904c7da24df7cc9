/// Blocks: put in place, read by every gateway, taken away.
extension StateStore {
    /// All blocks, by kind and name.
    package func blocks() async throws(StateError) -> [BlockRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM blocks ORDER BY kind, name").compactMap { row in
                BlockRecord.Kind(rawValue: row["kind"]).map { kind in
                    BlockRecord(
                        kind: kind,
                        name: row["name"],
                        reason: row["reason"],
                        by: row["blocked_by"],
                        since: row["blocked_at"]
                    )
                }
            }
        }
    }

    /// Puts a block in place, also in that of an earlier one of the same name.
    package func add(_ block: BlockRecord) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO blocks (kind, name, reason, blocked_by, blocked_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (kind, name) DO UPDATE SET reason = excluded.reason,
                        blocked_by = excluded.blocked_by, blocked_at = excluded.blocked_at
                    """,
                arguments: [block.kind.rawValue, block.name, block.reason, block.by, block.since]
            )
        }
    }

    /// Takes a block away.
    /// - Returns: whether it was there.
    package func removeBlock(_ kind: BlockRecord.Kind, _ name: String) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM blocks WHERE kind = ? AND name = ?",
                arguments: [kind.rawValue, name]
            )
            return db.changesCount == 1
        }
    }
}
