package import GatewayCore
internal import PostgresClient

/// A PostgreSQL database, asked in SQL; read only unless its settings say otherwise.
///
/// Every statement runs alone in a transaction of its own, with the deadline as the server's time-out. Times are UTC
/// whatever the server's zone is. Nothing is connected before the first statement.
package final class PostgresSource: DataSource {
    /// The name in the configuration.
    package let name: String
    private let settings: PostgresSettings
    private let pool: PostgresPool

    package var kind: SourceKind { .sql }

    /// How many statements wait for a connection now.
    package var waitingCount: Int { pool.waitingCount }

    /// A source; nothing is connected yet.
    package init(name: String, settings: PostgresSettings) {
        self.name = name
        self.settings = settings
        pool = PostgresPool(
            settings.server,
            label: name,
            maximumConnections: settings.maximumConnections,
            waiting: settings.waiting,
            firstBackOff: settings.firstBackOff,
            longestBackOff: settings.longestBackOff
        )
    }

    /// Runs one statement.
    ///
    /// Ends at the deadline or when the task is cancelled; the statement ends on the server too. One that writes and
    /// fails with `.timeout`, `.cancelled` or `.unavailable` may have been carried out.
    package func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        guard !query.statement.utf8.contains(0) else { throw .invalid("The statement contains a NUL character.") }
        let statement = PostgresStatement(
            query.statement,
            parameters: try ParameterTexts.texts(of: query.parameters),
            access: settings.isWritable ? .readWrite : .readOnly,
            maximumRowBytes: settings.maximumRowBytes,
            trace: query.trace
        )
        let collector = RowCollector(
            maximumRows: min(query.maximumRows, settings.maximumRows),
            maximumBytes: min(query.maximumBytes, settings.maximumBytes)
        )
        do {
            return try await pool.run(statement, by: query.deadline, into: collector).result
        } catch {
            throw PostgresFault.error(error, of: query)
        }
    }

    /// Refuses what waits and what comes later; connections close as their statements end.
    package func close() async {
        await pool.close()
    }
}
