/// What operators did: written with what they did, read by every gateway.
extension StateStore {
    /// What was done within the last day, the first first.
    package func operatorActs() async throws(StateError) -> [OperatorActRecord] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM operator_acts ORDER BY performed_at, id").compactMap { row in
                OperatorActRecord.Name(rawValue: row["name"]).map { name in
                    OperatorActRecord(
                        id: row["id"],
                        name: name,
                        details: Self.details(row["details"]),
                        performedAt: row["performed_at"]
                    )
                }
            }
        }
    }

    package func add(_ act: OperatorActRecord) async throws(StateError) {
        try await write { db in try Self.add(db, act) }
    }

    static func add(_ db: Database, _ act: OperatorActRecord) throws {
        try db.execute(
            sql: "INSERT INTO operator_acts (id, name, details, performed_at) VALUES (?, ?, ?, ?)",
            arguments: [
                act.id, act.name.rawValue,
                Lines.text(act.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }), act.performedAt,
            ]
        )
    }

    private static func details(_ text: String) -> [String: String] {
        let pairs = Lines.elements(text).map { line in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count == 2 ? parts[1] : "")
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
