package import GatewayCore

/// A SQLite file, read only, asked in SQL; other files may be attached as schemas.
///
/// Nothing can be written through it: the files are opened for reading only, `query_only` is set, and an authorizer
/// lets through nothing but reading and known functions. Statements run on the connections' own threads.
package final class SQLiteSource: DataSource {
    /// The name in the configuration.
    package let name: String
    private let pool: LendingPool<Reader>
    private let limits: ReadLimits
    private let busyTimeout: Duration

    package var kind: SourceKind { .sql }

    /// Opens the files.
    ///
    /// Blocks while it does; meant for the start of the program.
    /// - Parameters:
    ///   - name: The source's name in the configuration.
    ///   - path: The main file.
    ///   - attached: More files, whose tables are called `schema.table`; at most 10.
    ///   - readers: How many statements run at a time, each on a connection of its own; at least 1.
    ///   - waiting: How many statements may wait for a connection; one more is `.unavailable`.
    ///   - maximumRows: No answer has more rows, whatever a query asks for.
    ///   - maximumBytes: No answer's rows are longer as JSON, in bytes, whatever a query asks for.
    ///   - maximumValueBytes: Longer texts, blobs and intermediate results of functions are `.tooLarge`.
    ///   - busyTimeout: How long a statement waits for a writer in another process that holds the file.
    /// - Throws: `SQLiteSetupError`, which names the file and what is wrong with it.
    package init(
        name: String,
        path: String,
        attached: [(schema: String, path: String)] = [],
        readers: Int = 4,
        waiting: Int = 64,
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        maximumValueBytes: Int = 32 << 20,
        busyTimeout: Duration = .seconds(1)
    ) throws(SQLiteSetupError) {
        self.name = name
        limits = ReadLimits(rows: maximumRows, bytes: maximumBytes)
        self.busyTimeout = busyTimeout
        let files = try DatabaseFile.all(path: path, attached: attached)
        var opened: [Reader] = []
        for number in 1...max(1, readers) {
            opened.append(
                try Reader(files: files, label: "SQLiteSource.\(name).\(number)", maximumValueBytes: maximumValueBytes)
            )
        }
        pool = LendingPool(opened, waiting: waiting)
    }

    package func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        let watch = QueryWatch(deadline: query.deadline, busyTimeout: busyTimeout)
        let reader = try await pool.acquire(by: query.deadline)
        defer { pool.release(reader) }
        let limits = limits.tightened(rows: query.maximumRows, bytes: query.maximumBytes)
        return try await reader.run(query, limits: limits, watch: watch).get()
    }

    /// Refuses what waits and what comes later; connections close as their statements end.
    package func close() async {
        pool.close()
    }
}
