import FoundationEssentials
import GRDB
import LocalFiles

/// The state in one SQLite file in WAL mode, which several gateways of one machine may share.
struct SQLiteEngine: StateEngine {
    private let pool: DatabasePool

    /// Opens the file, makes it for its owner alone when it is not there, and brings its tables up to date.
    init(path: String) throws {
        // SQLite gives its other files the mode of this one.
        try AtomicFile.ensure(path, content: [], mode: 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        var configuration = GRDB.Configuration()
        configuration.label = "state"
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        pool = try DatabasePool(path: path, configuration: configuration)
        // The transaction begins with the lock: of several gateways that begin at once one does it.
        try pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                try Database.run(on: SQLiteStatements(db: db), StateMigrations.run)
                return .commit
            }
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.read { db in try Database.run(on: SQLiteStatements(db: db), body) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.write { db in try Database.run(on: SQLiteStatements(db: db), body) }
    }

    func close() {
        try? pool.close()
    }
}

/// The statements of one transaction in SQLite.
private struct SQLiteStatements: StatementRunning {
    let db: GRDB.Database

    func execute(_ sql: String, _ arguments: [StateValue]) throws -> Int {
        try db.execute(sql: sql, arguments: Self.arguments(arguments))
        return db.changesCount
    }

    func rows(_ sql: String, _ arguments: [StateValue]) throws -> [Row] {
        try GRDB.Row.fetchAll(db, sql: sql, arguments: Self.arguments(arguments)).map { row in
            Row(names: Array(row.columnNames), values: try row.databaseValues.map(Self.value))
        }
    }

    private static func arguments(_ values: [StateValue]) -> GRDB.StatementArguments {
        GRDB.StatementArguments(
            values.map { value in
                switch value {
                case .null: DatabaseValue.null
                case .integer(let number): number.databaseValue
                case .text(let text): text.databaseValue
                }
            }
        )
    }

    private static func value(_ value: DatabaseValue) throws -> StateValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .string(let text): .text(text)
        case .double, .blob: throw StateError.failed(detail: "SQLite: a column that is neither number nor text")
        }
    }
}
