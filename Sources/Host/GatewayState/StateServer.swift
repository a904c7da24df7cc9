package import PostgresClient

/// The PostgreSQL database that keeps the state of several gateways.
package struct StateServer: Sendable {
    package var parameters: PostgresParameters
    /// Connections of this gateway at most, one of which writes; at least 2.
    package var connections: Int
    /// How many steps may wait for a connection.
    package var waiting: Int
    /// How long one step may take.
    package var timeout: Duration

    package init(
        _ parameters: PostgresParameters,
        connections: Int = 4,
        waiting: Int = 64,
        timeout: Duration = .seconds(5)
    ) {
        self.parameters = parameters
        self.connections = connections
        self.waiting = waiting
        self.timeout = timeout
    }
}
