/// Where a listener listens and what it bears.
package struct ListenerConfiguration: Sendable {
    /// The address or host name to bind.
    package var host: String
    /// The TCP port, 0 to let the system choose.
    package var port: Int
    /// The path of a Unix socket to bind instead of an address; what lies there is replaced when it is a socket.
    ///
    /// Who may connect is up to its mode, which the process's mask gives it; it stays when the listener ends.
    package var socketPath: String?
    /// The largest request content in bytes, after chunked coding is removed; more is answered with 413.
    package var maximumBodyBytes: Int
    /// The largest request head in bytes: the target, and the names and values of all fields; more is answered with 431.
    package var maximumHeaderBytes: Int
    /// The most header fields of a request, trailer fields included; more is answered with 431.
    package var maximumHeaderFields: Int
    /// How many requests may wait behind a running one on their connection; the next is answered with 503.
    ///
    /// Reading pauses while a request runs, so only what arrived together with it, or just after, waits.
    package var maximumPipelinedRequests: Int
    /// How many connections are served at a time; further ones are answered with 503 and `Retry-After: 1`.
    package var maximumConnections: Int
    /// How many connections over `maximumConnections` are answered at a time; further ones are closed without an answer.
    package var maximumRefusedConnections: Int
    /// How long a connection may be without a request, and how long a client may take to read what was written.
    package var idleTimeout: Duration
    /// How long a request head may take from its first byte to its last; more is answered with 408.
    package var headerTimeout: Duration
    /// How long request content may take as a whole; more is answered with 408.
    package var bodyTimeout: Duration
    /// How long a connection is still read from after its last answer, so that a reset does not destroy that answer.
    package var lingerTimeout: Duration
    /// How long running requests may go on after a shutdown begins; they get as long again to notice their cancellation.
    package var drainTimeout: Duration
    /// How many connections the system keeps waiting to be accepted.
    package var backlog: Int
    /// How many threads do the input and output, at least 1; nil for one per processor core.
    package var threads: Int?

    package init(
        host: String = "127.0.0.1",
        port: Int = 0,
        socketPath: String? = nil,
        maximumBodyBytes: Int = 1 << 20,
        maximumHeaderBytes: Int = 16 << 10,
        maximumHeaderFields: Int = 128,
        maximumPipelinedRequests: Int = 64,
        maximumConnections: Int = 4096,
        maximumRefusedConnections: Int = 64,
        idleTimeout: Duration = .seconds(75),
        headerTimeout: Duration = .seconds(15),
        bodyTimeout: Duration = .seconds(15),
        lingerTimeout: Duration = .seconds(2),
        drainTimeout: Duration = .seconds(1),
        backlog: Int = 1024,
        threads: Int? = nil
    ) {
        self.host = host
        self.port = port
        self.socketPath = socketPath
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumHeaderFields = maximumHeaderFields
        self.maximumPipelinedRequests = maximumPipelinedRequests
        self.maximumConnections = maximumConnections
        self.maximumRefusedConnections = maximumRefusedConnections
        self.idleTimeout = idleTimeout
        self.headerTimeout = headerTimeout
        self.bodyTimeout = bodyTimeout
        self.lingerTimeout = lingerTimeout
        self.drainTimeout = drainTimeout
        self.backlog = backlog
        self.threads = threads
    }
}
