package import GatewayCore

/// The connections to one server, opened when they are needed, lent to one statement each.
///
/// Who has waited longest is served first. While the server does not answer, statements fail at once until the next
/// attempt is due.
package final class PostgresPool: Sendable {
    private let connections: [PostgresConnection]
    private let pool: LendingPool<PostgresConnection>

    /// A pool; nothing is connected yet.
    /// - Parameters:
    ///   - parameters: Where the server is.
    ///   - label: A name for threads.
    ///   - maximumConnections: How many statements run at a time; at least 1.
    ///   - waiting: How many statements may wait for a connection; one more is `.busy`.
    ///   - firstBackOff: How long nobody connects after a failure; doubled with each one that follows.
    ///   - longestBackOff: The most that becomes.
    ///   - patience: How long the server has to end a statement it was asked to end, before the connection is given up.
    package init(
        _ parameters: PostgresParameters,
        label: String,
        maximumConnections: Int = 8,
        waiting: Int = 64,
        firstBackOff: Duration = .milliseconds(100),
        longestBackOff: Duration = .seconds(5),
        patience: Duration = .seconds(5)
    ) {
        let settings = PostgresConnectionSettings(
            parameters: parameters,
            backOff: ConnectBackOff(first: firstBackOff, longest: longestBackOff),
            connecting: BlockingThreads(count: 4, label: "PostgresClient.\(label).connect"),
            cancelling: BlockingThreads(count: 2, label: "PostgresClient.\(label).cancel"),
            patience: patience
        )
        connections = (1...max(1, maximumConnections)).map { number in
            PostgresConnection(settings, label: "PostgresClient.\(label).\(number)")
        }
        pool = LendingPool(connections.reversed(), waiting: waiting)
    }

    /// How many statements wait for a connection now.
    package var waitingCount: Int { pool.waitingCount }

    /// Runs one statement in a transaction of its own.
    ///
    /// Ends by the deadline, and at once when the task is cancelled; what runs on the server is ended too, perhaps a
    /// little later. A writing statement that fails with `.timeout`, `.cancelled` or `.connectionLost` may have been
    /// committed.
    /// - Returns: The consumer with what it made of the rows.
    package func run<Consumer: PostgresRowConsumer>(
        _ statement: PostgresStatement,
        by deadline: Deadline,
        into consumer: Consumer
    ) async throws(PostgresError) -> Consumer {
        let connection: PostgresConnection
        do {
            connection = try await pool.acquire(by: deadline)
        } catch {
            throw PostgresError(waiting: error)
        }
        return try await connection.run(statement, by: deadline, into: consumer) { [pool] in
            pool.release(connection)
        }
    }

    /// Refuses what waits and what comes later; connections close as their statements end.
    package func close() async {
        pool.close()
        for connection in connections {
            await connection.close()
        }
    }
}

extension PostgresError {
    /// Why no connection was lent.
    init(waiting error: SourceError) {
        switch error {
        case .timeout: self.init(.timeout)
        case .cancelled: self.init(.cancelled)
        case .unavailable(let detail): self.init(.busy, detail: detail)
        case .invalid, .rejected, .unconfirmed, .unanswered, .down, .tooLarge, .unsupported, .noCredential:
            self.init(.busy)
        }
    }
}
