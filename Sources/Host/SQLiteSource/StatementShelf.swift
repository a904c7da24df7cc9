internal import GatewayCore

/// The compiled statements of one connection, for when they come again; the one unused longest goes first.
struct StatementShelf {
    /// Statements built with literals in them would otherwise pile up.
    private static let capacity = 64

    private var statements: [String: (statement: PreparedStatement, used: UInt64)] = [:]
    private var uses: UInt64 = 0

    /// The statement, compiled now or before.
    mutating func statement(_ text: String, on connection: OpaquePointer) throws(SourceError) -> PreparedStatement {
        uses += 1
        if let known = statements[text] {
            statements[text]?.used = uses
            return known.statement
        }
        let statement = try unsafe PreparedStatement(text, on: connection)
        if statements.count >= Self.capacity, let oldest = statements.min(by: { $0.value.used < $1.value.used })?.key {
            statements[oldest] = nil
        }
        statements[text] = (statement, uses)
        return statement
    }
}
