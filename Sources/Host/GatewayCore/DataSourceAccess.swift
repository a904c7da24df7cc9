package import JSON

/// A source the host owns and a plugin may query by name.
///
/// One implementation per driver.
///
/// A driver answers the operations of its kind and refuses the others with `BEAM_UNSUPPORTED`'s counterpart,
/// `SourceError.unsupported`. Every operation ends by its deadline and soon after its task is cancelled; a driver that
/// hangs all the same keeps one of the source's places.
package protocol DataSource: Sendable {
    /// What it is, such as `sql`; compared with what a plugin's manifest asks for.
    var kind: SourceKind { get }

    /// Whether its requests are made for the caller, with a credential of theirs.
    var actsForCallers: Bool { get }

    /// Runs one read-only statement.
    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows

    /// Sends one HTTP request below the source's base URL.
    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse

    /// Sends one message.
    /// - Throws: `.unconfirmed` when it is not known whether the message arrived.
    func send(_ message: SourceMessage) async throws(SourceError)

    /// Sends one message and waits for the one that answers it.
    /// - Throws: `.unconfirmed` when it is not known whether the message arrived, `.unanswered` when it did.
    func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply

    /// Reads the source's file, or the caller's; nil when there is none.
    func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]?

    /// Releases what the source holds. No call follows.
    func close() async
}

extension DataSource {
    package var actsForCallers: Bool { false }

    package func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        throw .unsupported
    }

    package func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        throw .unsupported
    }

    package func send(_ message: SourceMessage) async throws(SourceError) {
        throw .unsupported
    }

    package func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        throw .unsupported
    }

    package func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
        throw .unsupported
    }

    package func close() async {}
}

/// The kinds of source a manifest may ask for.
package enum SourceKind: String, Hashable, Sendable, CaseIterable {
    case sql, http, message, file, custom
}

/// One SQL statement with bound parameters `$1 … $n`.
package struct SQLQuery: Sendable {
    package let statement: String
    /// Null, bool, number or string; anything else is refused.
    package let parameters: [JSONValue]
    /// At most this many rows come back; whether there were more is said.
    package let maximumRows: Int
    /// At most this many bytes of rows come back.
    package let maximumBytes: Int
    package let deadline: Deadline
    package let requestID: RequestID?
    /// For the comment of `TraceContext.statementComment`; nil when the caller has no trace.
    package let trace: TraceContext?
    /// Whose plugin asks, so that a source serves several in turn; empty for the gateway itself.
    package let namespace: String
    /// Whether the plugin asks while it answers as a source itself, or for no call: then no other plugin is asked.
    package let isNested: Bool

    package init(
        statement: String,
        parameters: [JSONValue] = [],
        maximumRows: Int,
        maximumBytes: Int,
        deadline: Deadline,
        requestID: RequestID? = nil,
        namespace: String = "",
        isNested: Bool = false,
        trace: TraceContext? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.maximumRows = maximumRows
        self.maximumBytes = maximumBytes
        self.deadline = deadline
        self.requestID = requestID
        self.trace = trace
        self.namespace = namespace
        self.isNested = isNested
    }
}

/// The types of column that cross to a plugin (plugin-api section "Services").
package enum SQLColumnType: String, Hashable, Sendable {
    case int, double, decimal, bool, text, timestamp, bytes, json
}

/// A column of a result.
package struct SQLColumn: Hashable, Sendable {
    package let name: String
    package let type: SQLColumnType

    package init(name: String, type: SQLColumnType) {
        self.name = name
        self.type = type
    }
}

/// Rows, already encoded: what crosses to the plugin is what the driver wrote.
package struct SQLRows: Sendable {
    package let columns: [SQLColumn]
    /// One JSON array of arrays.
    package let rows: [UInt8]
    package let count: Int
    /// Whether a limit cut the result.
    package let isTruncated: Bool

    package init(columns: [SQLColumn], rows: [UInt8], count: Int, isTruncated: Bool) {
        self.columns = columns
        self.rows = rows
        self.count = count
        self.isTruncated = isTruncated
    }
}

/// One request to an HTTP source, relative to its base URL.
package struct SourceRequest: Sendable {
    package let method: String
    /// Begins with a slash; joined to the base URL; may not climb out of it.
    package let path: String
    /// In the order given; encoded by the driver.
    package let query: [HTTPField]
    package let headers: [HTTPField]
    package let body: [UInt8]?
    package let maximumBytes: Int
    package let deadline: Deadline
    /// Sent as `traceparent`; nil when the caller has no trace.
    package let trace: TraceContext?
    /// Whose plugin asks, so that a source serves several in turn; empty for the gateway itself.
    package let namespace: String
    /// Whether the plugin asks while it answers as a source itself, or for no call: then no other plugin is asked.
    package let isNested: Bool
    package let requestID: RequestID?
    /// On whose behalf the plugin asks; nil when it asks for itself.
    package let caller: Principal?
    package let actor: SourceActor
    /// What stands for the caller; the gateway's alone to set.
    package private(set) var credential: HTTPField?

    package init(
        method: String = "GET",
        path: String,
        query: [HTTPField] = [],
        headers: [HTTPField] = [],
        body: [UInt8]? = nil,
        maximumBytes: Int,
        deadline: Deadline,
        namespace: String = "",
        isNested: Bool = false,
        requestID: RequestID? = nil,
        trace: TraceContext? = nil,
        caller: Principal? = nil,
        actor: SourceActor = .configured
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.maximumBytes = maximumBytes
        self.deadline = deadline
        self.trace = trace
        self.namespace = namespace
        self.isNested = isNested
        self.requestID = requestID
        self.caller = caller
        self.actor = actor
    }

    /// The same with a credential.
    package func with(_ credential: HTTPField) -> SourceRequest {
        var request = self
        request.credential = credential
        return request
    }
}

/// Why a source did not answer.
///
/// `detail` is for the operator's log and never crosses to a plugin or a caller.
package enum SourceError: Error, Hashable, Sendable {
    /// The statement, path or parameters are not acceptable; the message is ours and safe to show.
    case invalid(String)
    /// The source refused the statement (a syntax error, an unknown table).
    case rejected(detail: String)
    case unavailable(detail: String)
    /// A message was sent and not confirmed: it is not known whether it arrived.
    case unconfirmed(detail: String)
    /// A message arrived, and no answer to it came.
    case unanswered(detail: String)
    /// It was not asked, as it has not answered lately; it is tried again by itself, no earlier than after this time.
    case down(retryAfter: Duration)
    case timeout
    case tooLarge
    case cancelled
    case unsupported
    /// There is nothing with which to ask it for the caller.
    case noCredential(CredentialRefusal)
}
