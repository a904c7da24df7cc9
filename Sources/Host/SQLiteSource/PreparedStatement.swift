internal import GRDBSQLite
internal import GatewayCore

/// One compiled statement of one connection; used on that connection's thread only.
///
/// Safe because the handle is valid from `init` to `deinit` and SQLite checks every index it is given.
@safe
final class PreparedStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Compiles one statement; comments and semicolons may follow it.
    init(_ statement: String, on connection: OpaquePointer) throws(SourceError) {
        guard !statement.utf8.contains(0) else { throw .invalid("The statement contains a NUL character.") }
        let text = Array(statement.utf8CString)
        let (first, next) = try unsafe Self.compile(text, from: 0, on: connection)
        guard let first = unsafe first else { throw .invalid("The statement is empty.") }
        unsafe handle = first
        unsafe self.connection = unsafe connection
        // What returns no columns, such as REINDEX where there is no index, has nothing to tell.
        guard unsafe sqlite3_stmt_readonly(first) != 0, unsafe sqlite3_column_count(first) > 0 else {
            throw .invalid("This source can only be read.")
        }
        try unsafe Self.checkNothingFollows(text, from: next, on: connection)
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    private static func checkNothingFollows(
        _ text: [CChar],
        from start: Int,
        on connection: OpaquePointer
    ) throws(SourceError) {
        var position = start
        while position < text.count - 1 {
            let following: (OpaquePointer?, next: Int)
            do {
                unsafe following = try unsafe compile(text, from: position, on: connection)
            } catch {
                throw .invalid("Send one statement per query.")
            }
            guard unsafe following.0 == nil else {
                unsafe sqlite3_finalize(following.0)
                throw .invalid("Send one statement per query.")
            }
            guard unsafe following.next > position else { return }
            position = unsafe following.next
        }
    }

    /// Compiles what begins at a position; nil when that is only comment, white space or a semicolon.
    private static func compile(
        _ text: [CChar],
        from position: Int,
        on connection: OpaquePointer
    ) throws(SourceError) -> (OpaquePointer?, next: Int) {
        var handle: OpaquePointer?
        var next = text.count - 1
        let code = unsafe text.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return SQLITE_MISUSE }
            var tail: UnsafePointer<CChar>?
            let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
            let code = unsafe sqlite3_prepare_v3(connection, start + position, -1, flags, &handle, &tail)
            if let tail = unsafe tail { next = unsafe tail - start }
            return code
        }
        guard code == SQLITE_OK else {
            throw unsafe SQLiteFault.error(code: code, message: String(cString: sqlite3_errmsg(connection)))
        }
        return unsafe (handle, next)
    }

    // MARK: - Parameters

    /// The names of the parameters by SQLite's own numbering; nil where a `?` has none.
    var parameterNames: [String?] {
        let count = unsafe sqlite3_bind_parameter_count(handle)
        return (0..<count).map { index in
            unsafe sqlite3_bind_parameter_name(handle, index + 1).map { unsafe String(cString: $0) }
        }
    }

    /// Binds a value to a parameter, counted from 0 in SQLite's own numbering.
    func bind(_ value: SQLiteValue, at index: Int) throws(SourceError) {
        let position = Int32(index + 1)
        // SQLITE_TRANSIENT, a macro Swift does not see: SQLite copies before the call returns.
        let copying = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code =
            switch value {
            case .null: unsafe sqlite3_bind_null(handle, position)
            case .integer(let value): unsafe sqlite3_bind_int64(handle, position, Int64(value))
            case .real(let value): unsafe sqlite3_bind_double(handle, position, value)
            case .text(let text):
                unsafe sqlite3_bind_text64(
                    handle,
                    position,
                    text,
                    UInt64(text.utf8.count),
                    copying,
                    UInt8(SQLITE_UTF8)
                )
            case .blob(let bytes):
                unsafe sqlite3_bind_blob64(handle, position, bytes, UInt64(bytes.count), copying)
            }
        guard code == SQLITE_OK else { throw failure(code, nil) }
    }

    // MARK: - Rows

    /// Goes to the next row; false when there is none.
    func step(_ watch: QueryWatch) throws(SourceError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure(code, watch)
        }
    }

    /// Lets go of the rows and forgets the parameters' values.
    func reset() {
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    /// How many columns a row has.
    var columnCount: Int { unsafe Int(sqlite3_column_count(handle)) }

    /// A column's name.
    func name(ofColumn index: Int) -> String {
        unsafe sqlite3_column_name(handle, Int32(index)).map { unsafe String(cString: $0) } ?? ""
    }

    /// The type a table declares for a column; nil for an expression.
    func declaredType(ofColumn index: Int) -> String? {
        unsafe sqlite3_column_decltype(handle, Int32(index)).map { unsafe String(cString: $0) }
    }

    /// The value of a column in the present row.
    func value(ofColumn index: Int) -> SQLiteValue {
        let column = Int32(index)
        switch unsafe sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return unsafe .integer(Int(sqlite3_column_int64(handle, column)))
        case SQLITE_FLOAT: return unsafe .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            guard let start = unsafe sqlite3_column_text(handle, column) else { return .text("") }
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            return unsafe .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let start = unsafe sqlite3_column_blob(handle, column) else { return .blob([]) }
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            return unsafe .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
        default: return .null
        }
    }

    private func failure(_ code: Int32, _ watch: QueryWatch?) -> SourceError {
        let message = unsafe String(cString: sqlite3_errmsg(connection))
        return SQLiteFault.error(code: code, message: message, watch: watch)
    }
}
