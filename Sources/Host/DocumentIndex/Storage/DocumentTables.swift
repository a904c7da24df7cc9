import GRDB

/// The tables of the file.
enum DocumentTables {
    /// Which tables a file has, as SQLite keeps it for programs (`PRAGMA user_version`).
    private static let version = 1

    /// Makes the tables that are not there, in a transaction that begins with the lock: several programs may do so at once.
    static func prepare(_ queue: DatabaseQueue) throws {
        try queue.inDatabase { db in
            try db.inTransaction(.immediate) {
                let present = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard present < version else {
                    guard present == version else { throw DocumentFailure("a later version of the program made it") }
                    return .commit
                }
                for statement in statements { try db.execute(sql: statement) }
                return .commit
            }
        }
    }

    /// Each collection has a table of words of its own, so that what is rare in one does not depend on the others.
    static func words(_ collection: Int64) -> String { "words_\(collection)" }

    static func make(words table: String, in db: Database) throws {
        try db.execute(sql: "CREATE VIRTUAL TABLE \(table) USING fts5(title, text, tokenize = 'porter unicode61')")
    }

    private static let statements = [
        "CREATE TABLE collections (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        """
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY, collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
            path TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (collection, path)
        )
        """,
        """
        CREATE TABLE passages (
            id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            section TEXT NOT NULL, url TEXT
        )
        """,
        "CREATE INDEX passages_by_document ON passages (document)",
        "PRAGMA user_version = \(version)",
    ]
}
