internal import GRDBSQLite
internal import GatewayCore

/// What a result code of SQLite means to who asked.
enum SQLiteFault {
    /// The error for a failed call.
    /// - Parameters:
    ///   - code: The result code, extended or not (https://www.sqlite.org/rescode.html).
    ///   - message: SQLite's own words; for the operator, they may quote the statement.
    ///   - watch: Knows why a statement was interrupted.
    /// - Returns: What the source throws.
    static func error(code: Int32, message: String, watch: QueryWatch? = nil) -> SourceError {
        let detail = "SQLite \(code): \(message)"
        switch code & 0xFF {
        case SQLITE_INTERRUPT: return watch?.verdict ?? .cancelled
        case SQLITE_TOOBIG: return .tooLarge
        case SQLITE_AUTH:
            return .invalid("This source can only be read: one SELECT statement, without PRAGMA or ATTACH.")
        case SQLITE_BUSY, SQLITE_LOCKED: return watch?.verdict ?? .unavailable(detail: detail)
        case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_NOMEM,
            SQLITE_PROTOCOL, SQLITE_SCHEMA, SQLITE_PERM, SQLITE_READONLY:
            return .unavailable(detail: detail)
        default: return .rejected(detail: detail)
        }
    }
}
