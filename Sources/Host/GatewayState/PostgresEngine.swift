import GatewayCore
import PostgresClient

/// The state in a PostgreSQL database, which any number of gateways may share.
struct PostgresEngine: StateEngine {
    /// The advisory lock of all that writes the state: a number nobody else has a reason to take.
    private static let lock: Int64 = 0x6265_616D_7374_6174
    /// How long bringing the tables up to date may take, also when another gateway is at it.
    private static let migrationTime: Duration = .seconds(60)

    private let transactions: PostgresTransactions
    private let timeout: Duration

    /// Connects, and brings the tables up to date.
    init(_ server: StateServer) async throws {
        var parameters = server.parameters
        parameters.isReadOnly = false
        transactions = PostgresTransactions(
            parameters,
            label: "state",
            lock: Self.lock,
            connections: server.connections,
            waiting: server.waiting,
            idleTime: server.timeout
        )
        timeout = server.timeout
        do {
            // Under the lock of writing transactions: of several gateways that begin at once one does it.
            try await transactions.run(.writing, by: .after(Self.migrationTime)) { transaction in
                try Database.run(on: PostgresStatements(transaction: transaction), StateMigrations.run)
            }
        } catch {
            transactions.close()
            throw error
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await run(.reading, body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await run(.writing, body)
    }

    func close() {
        transactions.close()
    }

    private func run<Value: Sendable>(
        _ access: PostgresTransactions.Access,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await transactions.run(access, by: .after(timeout)) { transaction in
            try Database.run(on: PostgresStatements(transaction: transaction), body)
        }
    }
}

/// The statements of one transaction in PostgreSQL.
private struct PostgresStatements: StatementRunning {
    let transaction: PostgresTransaction

    func execute(_ sql: String, _ arguments: [StateValue]) throws -> Int {
        try run(sql, arguments).affectedRows
    }

    func rows(_ sql: String, _ arguments: [StateValue]) throws -> [Row] {
        let answer = try run(sql, arguments)
        let names = answer.columns.map(\.name)
        return answer.rows.map { row in Row(names: names, values: row.map { $0.map(StateValue.text) ?? .null }) }
    }

    private func run(_ sql: String, _ arguments: [StateValue]) throws -> PostgresAnswer {
        try transaction.run(Placeholders.numbered(sql), arguments.map(Self.text))
    }

    private static func text(_ value: StateValue) -> String? {
        switch value {
        case .null: nil
        case .integer(let number): String(number)
        case .text(let text): text
        }
    }
}
