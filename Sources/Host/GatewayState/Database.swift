/// One transaction on the state, whichever engine keeps it; used by the function that it was given to alone.
///
/// Statements are SQL that SQLite and PostgreSQL both understand, with `?` for each argument.
final class Database {
    private let engine: any StatementRunning
    /// How many rows the last statement that returned none inserted, updated or deleted.
    private(set) var changesCount = 0
    /// Why the transaction cannot be committed any more.
    private(set) var failure: (any Error)?

    init(_ engine: any StatementRunning) {
        self.engine = engine
    }

    /// Runs a function and makes sure that no statement failed which it did not tell of.
    static func run<Value>(on engine: any StatementRunning, _ body: (Database) throws -> Value) throws -> Value {
        let database = Database(engine)
        let value = try body(database)
        // PostgreSQL commits nothing after a statement that failed: nor does SQLite here.
        if let failure = database.failure { throw failure }
        return value
    }

    func execute(sql: String, arguments: StatementArguments = []) throws {
        changesCount = try trying { try engine.execute(sql, Self.checked(arguments)) }
    }

    func rows(sql: String, arguments: StatementArguments = []) throws -> [Row] {
        try trying { try engine.rows(sql, Self.checked(arguments)) }
    }

    /// PostgreSQL has no texts with a NUL character, so there are none.
    private static func checked(_ arguments: StatementArguments) throws -> [StateValue] {
        for case .text(let text) in arguments.values where text.utf8.contains(0) {
            throw StateError.failed(detail: "a text contains a NUL character")
        }
        return arguments.values
    }

    private func trying<Value>(_ body: () throws -> Value) throws -> Value {
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}

/// What an engine does for a transaction; it waits for the answer.
protocol StatementRunning {
    /// Runs a statement that returns no rows.
    /// - Returns: how many it changed.
    func execute(_ sql: String, _ arguments: [StateValue]) throws -> Int

    /// Runs a statement that returns rows.
    func rows(_ sql: String, _ arguments: [StateValue]) throws -> [Row]
}

/// What keeps the state.
protocol StateEngine: Sendable {
    /// Runs a transaction that sees one state of the data and changes nothing.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value

    /// Runs a transaction that no other one of any gateway runs beside: committed when the function returns, undone
    /// when it throws.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value

    /// What is asked afterwards fails.
    func close()
}
