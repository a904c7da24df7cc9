internal import GatewayCore
internal import PostgresClient

/// Writes rows as JSON, up to the limits.
struct RowCollector: PostgresRowConsumer {
    private let maximumRows: Int
    private let maximumBytes: Int
    private var columns: [SQLColumn] = []
    private var rows: [UInt8] = [UInt8(ascii: "[")]
    private var count = 0
    private var isTruncated = false

    init(maximumRows: Int, maximumBytes: Int) {
        self.maximumRows = maximumRows
        self.maximumBytes = maximumBytes
    }

    mutating func begin(_ columns: [PostgresColumn]) {
        self.columns = columns.map { SQLColumn(name: $0.name, type: SQLColumnType(postgresType: $0.type)) }
    }

    /// A row that would pass a limit is left out with all after it.
    mutating func consume(_ row: borrowing PostgresResult) -> PostgresDemand {
        let room = maximumBytes - rows.count - (count == 0 ? 1 : 2)
        guard count < maximumRows, let encoded = encode(row, room: room) else {
            isTruncated = true
            return .enough
        }
        if count > 0 { rows.append(UInt8(ascii: ",")) }
        rows.append(contentsOf: encoded)
        count += 1
        return .more
    }

    /// What came together.
    var result: SQLRows {
        SQLRows(columns: columns, rows: rows + [UInt8(ascii: "]")], count: count, isTruncated: isTruncated)
    }

    /// One row as a JSON array; nil when it is longer than the room left.
    private func encode(_ row: borrowing PostgresResult, room: Int) -> [UInt8]? {
        var encoder = RowEncoder()
        for (index, column) in columns.enumerated() {
            encoder.append(row.text(index), as: column.type)
            guard encoder.byteCount <= room else { return nil }
        }
        let encoded = encoder.finish()
        return encoded.count <= room ? encoded : nil
    }
}
