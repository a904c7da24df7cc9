/// Takes the rows of one statement as they come, on the connection's queue: it must not wait for anything.
package protocol PostgresRowConsumer: Sendable {
    /// Hears of the columns, once, before any row; not called when the statement fails.
    mutating func begin(_ columns: [PostgresColumn])

    /// Takes one row and says whether more are wanted.
    ///
    /// After `.enough` a reading statement is ended on the server; one that writes is carried through.
    mutating func consume(_ row: borrowing PostgresResult) -> PostgresDemand
}

/// Whether more rows are wanted.
package enum PostgresDemand: Hashable, Sendable {
    case more, enough
}
