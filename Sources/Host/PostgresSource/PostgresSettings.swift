package import PostgresClient

/// What a PostgreSQL source is told by the configuration.
package struct PostgresSettings: Sendable {
    /// Where the server is; `isReadOnly` in it is decided by `isWritable` here.
    package var server: PostgresParameters
    /// How many statements run at a time, each on a connection of its own; at least 1.
    package var maximumConnections: Int
    /// How many statements may wait for a connection; one more is `.unavailable`.
    package var waiting: Int
    /// No answer has more rows, whatever a query asks for.
    package var maximumRows: Int
    /// No answer's rows are longer as JSON, in bytes, whatever a query asks for.
    package var maximumBytes: Int
    /// A row whose values are longer together, in bytes, is `.tooLarge`.
    package var maximumRowBytes: Int
    /// Whether statements run in transactions that may write, and are committed.
    package var isWritable: Bool
    /// How long nobody connects after a failure, doubled with each one that follows up to `longestBackOff`.
    package var firstBackOff: Duration
    package var longestBackOff: Duration

    package init(
        server: PostgresParameters,
        maximumConnections: Int = 8,
        waiting: Int = 64,
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        maximumRowBytes: Int = 32 << 20,
        isWritable: Bool = false,
        firstBackOff: Duration = .milliseconds(100),
        longestBackOff: Duration = .seconds(5)
    ) {
        self.server = server
        self.server.isReadOnly = !isWritable
        self.maximumConnections = maximumConnections
        self.waiting = waiting
        self.maximumRows = maximumRows
        self.maximumBytes = maximumBytes
        self.maximumRowBytes = maximumRowBytes
        self.isWritable = isWritable
        self.firstBackOff = firstBackOff
        self.longestBackOff = longestBackOff
    }
}
