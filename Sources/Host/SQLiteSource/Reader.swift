internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import GatewayCore
internal import Synchronization

/// One read-only connection with a thread of its own.
///
/// `@unchecked Sendable` because `shelf` is touched only inside blocks of `queue`, which run one after another; the
/// pool lends a reader to one statement at a time, so nothing else is left when it goes away.
final class Reader: @unchecked Sendable {
    private let queue: DatabaseQueue
    private var shelf = StatementShelf()

    /// Opens the files; blocks while it does.
    init(files: [DatabaseFile], label: String, maximumValueBytes: Int) throws(SQLiteSetupError) {
        for file in files {
            try file.check()
        }
        let path = files.first?.path ?? ""
        var configuration = Configuration()
        configuration.readonly = true
        configuration.foreignKeysEnabled = false
        configuration.label = label
        // The path of the file being opened, for the error.
        let opening = Mutex(path)
        configuration.prepareDatabase { database in
            try Self.prepare(database, attaching: files.dropFirst(), maximumValueBytes: maximumValueBytes) { path in
                opening.withLock { $0 = path }
            }
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw .notDatabase(path: opening.withLock { $0 })
        } catch {
            throw .failed(path: opening.withLock { $0 }, detail: "\(error)")
        }
    }

    private static func prepare(
        _ database: Database,
        attaching files: some Sequence<DatabaseFile>,
        maximumValueBytes: Int,
        _ opens: (String) -> Void
    ) throws {
        // Reads the header, so that a fault is known to be the main file's.
        _ = try Row.fetchOne(database, sql: "SELECT 1 FROM sqlite_master LIMIT 1")
        for file in files {
            guard let schema = file.schema else { continue }
            opens(file.path)
            try database.execute(sql: "ATTACH DATABASE ? AS ?", arguments: [file.path, schema])
            _ = try Row.fetchOne(database, sql: "SELECT 1 FROM \"\(schema)\".sqlite_master LIMIT 1")
        }
        try database.execute(sql: "PRAGMA query_only = 1")
        try database.execute(sql: "PRAGMA trusted_schema = 0")
        // As in PostgreSQL and the standard: 'a' is not like 'A'.
        try database.execute(sql: "PRAGMA case_sensitive_like = 1")
        guard let connection = unsafe database.sqliteConnection else { return }
        unsafe sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(clamping: maximumValueBytes))
        // Last: it would refuse all of the above. It takes the place of GRDB's own, which only watches.
        unsafe ReadingAuthorizer.install(on: connection)
    }

    /// Runs one statement on the connection's thread; cancelling the task ends it.
    func run(_ query: SQLQuery, limits: ReadLimits, watch: QueryWatch) async -> Result<SQLRows, SourceError> {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.asyncUnsafeRead { database in
                    continuation.resume(returning: self.answer(query, limits, watch, database))
                }
            }
        } onCancel: {
            watch.cancel()
        }
    }

    private func answer(
        _ query: SQLQuery,
        _ limits: ReadLimits,
        _ watch: QueryWatch,
        _ database: Result<Database, any Error>
    ) -> Result<SQLRows, SourceError> {
        guard let connection = try? unsafe database.get().sqliteConnection else {
            return .failure(.unavailable(detail: "the connection is closed"))
        }
        do {
            return .success(try unsafe rows(query, limits, watch, connection))
        } catch {
            return .failure(error)
        }
    }

    private func rows(
        _ query: SQLQuery,
        _ limits: ReadLimits,
        _ watch: QueryWatch,
        _ connection: OpaquePointer
    ) throws(SourceError) -> SQLRows {
        if let verdict = watch.verdict { throw verdict }
        return try unsafe watch.guarding(connection) { () throws(SourceError) in
            let statement = try unsafe shelf.statement(query.statement, on: connection)
            let values = try ParameterNumbers.values(named: statement.parameterNames, from: query.parameters)
            defer { statement.reset() }
            for (index, value) in values.enumerated() {
                try statement.bind(value, at: index)
            }
            return try RowReading(limits: limits).read(statement, watch)
        }
    }
}
