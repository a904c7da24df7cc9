internal import GatewayCore

/// Reads the rows of a statement into JSON, up to the limits.
struct RowReading {
    let limits: ReadLimits

    /// Reads from the first row on.
    ///
    /// A row that would pass a limit is left out with all after it, and `isTruncated` says so.
    func read(_ statement: PreparedStatement, _ watch: QueryWatch) throws(SourceError) -> SQLRows {
        var hasRow = try statement.step(watch)
        // After the first step, because that compiles the statement again when the schema has changed.
        var columns = ColumnTypes(
            (0..<statement.columnCount).map { (statement.name(ofColumn: $0), statement.declaredType(ofColumn: $0)) }
        )
        var rows: [UInt8] = [UInt8(ascii: "[")]
        var count = 0
        var isTruncated = false
        while hasRow {
            let room = limits.bytes - rows.count - (count == 0 ? 1 : 2)
            guard count < limits.rows, let row = encode(statement, &columns, room: room) else {
                isTruncated = true
                break
            }
            if count > 0 { rows.append(UInt8(ascii: ",")) }
            rows.append(contentsOf: row)
            count += 1
            hasRow = try statement.step(watch)
        }
        rows.append(UInt8(ascii: "]"))
        return SQLRows(columns: columns.described, rows: rows, count: count, isTruncated: isTruncated)
    }

    /// One row as a JSON array; nil when it is longer than the room left.
    private func encode(_ statement: PreparedStatement, _ columns: inout ColumnTypes, room: Int) -> [UInt8]? {
        var encoder = RowEncoder()
        for index in 0..<columns.count {
            let value = statement.value(ofColumn: index)
            encoder.append(value, as: columns.type(of: index, holding: value))
            guard encoder.byteCount <= room else { return nil }
        }
        let row = encoder.finish()
        return row.count <= room ? row : nil
    }
}
