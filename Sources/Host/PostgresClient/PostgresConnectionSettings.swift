/// What the connections to one server share.
struct PostgresConnectionSettings: Sendable {
    let parameters: PostgresParameters
    let backOff: ConnectBackOff
    /// Threads for connecting, and others for cancelling, which must not wait behind a server that does not answer.
    let connecting: BlockingThreads
    let cancelling: BlockingThreads
    /// How long the server has to end a statement it was asked to end, before the connection is given up.
    let patience: Duration
}
