internal import CPostgreSQL

/// One message of libpq: a row, the end of a statement, an error; freed with this value.
///
/// Safe because the handle is valid until `deinit` and columns are checked.
@safe
package struct PostgresResult: ~Copyable {
    enum Status {
        case row
        /// The end of a statement that returns rows.
        case endOfRows
        case done
        case empty
        case synchronized
        /// Not carried out because something before it failed.
        case skipped
        case copying
        case failed
    }

    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    deinit {
        unsafe PQclear(handle)
    }

    // MARK: - A row

    /// How many columns the row has.
    package var columnCount: Int { unsafe Int(PQnfields(handle)) }

    /// A column's text as the server wrote it, counted from 0; nil for null.
    ///
    /// What is no UTF-8 becomes U+FFFD.
    package func text(_ column: Int) -> String? {
        text(column, row: 0)
    }

    /// The same in any row of a result that has several.
    func text(_ column: Int, row: Int) -> String? {
        guard (0..<rowCount).contains(row), let column = checked(column),
            unsafe PQgetisnull(handle, Int32(row), column) == 0,
            let start = unsafe PQgetvalue(handle, Int32(row), column)
        else { return nil }
        let count = unsafe Int(PQgetlength(handle, Int32(row), column))
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// How many rows there are: 1, unless all rows of a statement came together.
    var rowCount: Int { unsafe Int(PQntuples(handle)) }

    /// How many rows the statement inserted, updated, deleted or returned.
    var affectedRows: Int { unsafe PQcmdTuples(handle).flatMap { unsafe Int(String(cString: $0)) } ?? 0 }

    /// How long the texts of all columns are, in bytes.
    package var byteCount: Int {
        (0..<columnCount).reduce(0) { sum, column in sum + length(Int32(column)) }
    }

    private func checked(_ column: Int) -> Int32? {
        guard (0..<columnCount).contains(column), unsafe PQntuples(handle) > 0 else { return nil }
        return Int32(column)
    }

    private func length(_ column: Int32) -> Int { unsafe Int(PQgetlength(handle, 0, column)) }

    // MARK: - Everything else

    var status: Status {
        switch unsafe PQresultStatus(handle) {
        case PGRES_SINGLE_TUPLE: .row
        case PGRES_TUPLES_OK: .endOfRows
        case PGRES_COMMAND_OK: .done
        case PGRES_EMPTY_QUERY: .empty
        case PGRES_PIPELINE_SYNC: .synchronized
        case PGRES_PIPELINE_ABORTED: .skipped
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: .copying
        default: .failed
        }
    }

    var columns: [PostgresColumn] {
        (0..<Int32(columnCount)).map { column in
            let name = unsafe PQfname(handle, column).map { unsafe String(cString: $0) } ?? ""
            return PostgresColumn(name: name, type: unsafe PQftype(handle, column))
        }
    }

    /// How many parameters a described statement has.
    var parameterCount: Int { unsafe Int(PQnparams(handle)) }

    /// The error of a failed result; one without a state is libpq's own and means a lost connection.
    var error: PostgresError {
        guard let state = unsafe postgres_error_state(handle) else {
            let text = unsafe PQresultErrorMessage(handle).map { unsafe String(cString: $0) } ?? ""
            return PostgresError(.connectionLost, detail: text.oneLine)
        }
        var detail = unsafe postgres_error_message(handle).map { unsafe String(cString: $0) } ?? ""
        if let more = unsafe postgres_error_detail(handle) { unsafe detail += "; " + String(cString: more) }
        if let position = unsafe postgres_error_position(handle) {
            unsafe detail += " (at character \(String(cString: position)))"
        }
        return PostgresError(.refused, sqlState: unsafe String(cString: state), detail: detail.oneLine)
    }
}

extension String {
    /// The text with its line ends, and the blanks around them, replaced by one blank.
    var oneLine: String {
        split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: " ")
    }
}
