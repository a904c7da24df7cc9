/// What came of one statement of a transaction.
package struct PostgresAnswer: Hashable, Sendable {
    package var columns: [PostgresColumn] = []
    /// The texts of each row, as the server wrote them; nil for null.
    package var rows: [[String?]] = []
    /// How many rows the statement inserted, updated, deleted or returned.
    package var affectedRows = 0
}
