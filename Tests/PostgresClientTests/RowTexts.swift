import PostgresClient

/// Keeps the texts of rows, up to a number.
struct RowTexts: PostgresRowConsumer {
    var limit = Int.max
    private(set) var columns: [PostgresColumn] = []
    private(set) var rows: [[String?]] = []

    mutating func begin(_ columns: [PostgresColumn]) {
        self.columns = columns
    }

    mutating func consume(_ row: borrowing PostgresResult) -> PostgresDemand {
        rows.append((0..<row.columnCount).map { row.text($0) })
        return rows.count < limit ? .more : .enough
    }
}
