public import JSON
public import PluginKit
import Synchronization

/// Data sources held in memory: canned answers, and a record of what was asked.
public final class SourcesInMemory: HostCalling {
    /// A statement a tool ran.
    public struct Query: Hashable, Sendable {
        /// The source it went to.
        public let source: String
        /// Its text.
        public let sql: String
        /// Its values.
        public let parameters: [JSONValue]
    }

    /// An HTTP request a tool sent.
    public struct Request: Hashable, Sendable {
        /// The source it went to.
        public let source: String
        /// Its path below the base address.
        public let path: String
        /// Its query, a list of values where a name repeats.
        public let query: JSONValue
        /// In capitals.
        public let method: String
        /// What it sent; nil for nothing.
        public let body: JSONValue?
    }

    /// A message a tool sent to a broker.
    public struct Sent: Hashable, Sendable {
        /// The source it went to.
        public let source: String
        /// Where the broker was to bring it.
        public let destination: String
        /// What it said of itself.
        public let headers: JSONValue
        /// Its text, or its JSON.
        public let body: JSONValue
        /// The member in which its reader finds the queue for the answer; nil when nobody looks there.
        public let replyMember: String?
    }

    /// What an HTTP source, or whoever gets a message, answers.
    public struct Answer: Sendable {
        let status: Int
        let encoding: String
        let body: JSONValue

        /// A JSON answer.
        public static func json(_ body: JSONValue, status: Int = 200) -> Answer {
            Answer(status: status, encoding: "json", body: body)
        }

        /// A text answer.
        public static func text(_ body: String, status: Int = 200) -> Answer {
            Answer(status: status, encoding: "text", body: .string(body))
        }
    }

    /// A question a tool asked of documents.
    public struct Search: Hashable, Sendable {
        /// The collection, by the plugin's name.
        public let collection: String
        /// The question.
        public let question: String
        /// How many passages it wanted.
        public let limit: Int

        /// Creates a question.
        public init(collection: String, question: String, limit: Int) {
            self.collection = collection
            self.question = question
            self.limit = limit
        }
    }

    /// A message a tool sent to the client.
    public struct Message: Hashable, Sendable {
        /// How serious it is.
        public let level: MessageLevel
        /// What it says.
        public let data: JSONValue
        /// Which part said it.
        public let logger: String?

        /// Creates a message.
        public init(_ level: MessageLevel, _ data: JSONValue, logger: String? = nil) {
            self.level = level
            self.data = data
            self.logger = logger
        }
    }

    /// What a statement answers: column names and rows.
    public struct Table: Sendable {
        let columns: [String]
        let rows: [[JSONValue]]

        /// Creates a table.
        public init(_ columns: [String], _ rows: [[JSONValue]]) {
            self.columns = columns
            self.rows = rows
        }

        var reply: JSONValue {
            [
                "columns": .array(columns.map { ["name": .string($0), "type": "text"] }),
                "rows": .array(rows.map(JSONValue.array)),
                "truncated": false,
            ]
        }
    }

    private struct Record {
        var queries: [Query] = []
        var requests: [Request] = []
        var sent: [Sent] = []
        var searches: [Search] = []
        var progress: [Double] = []
        var messages: [Message] = []
        var changes: [PluginChange] = []
    }

    private let answerQuery: @Sendable (Query) throws(ToolError) -> Table
    private let answerRequest: @Sendable (Request) throws(ToolError) -> Answer
    private let takeMessage: @Sendable (Sent) throws(ToolError) -> Void
    private let answerMessage: @Sendable (Sent) throws(ToolError) -> Answer
    private let readFile: @Sendable (String) throws(ToolError) -> String?
    private let answerSearch: @Sendable (Search) throws(ToolError) -> [JSONValue]
    private let callable: [String]?
    private let record = Mutex(Record())

    /// Creates sources that answer by these functions; what has no answer is `not_found`.
    ///
    /// `callable` names the tools the caller may call; nil is a gateway that does not say.
    public init(
        query: @escaping @Sendable (Query) throws(ToolError) -> Table = { _ throws(ToolError) in
            throw ToolError(.notFound, "no such source")
        },
        request: @escaping @Sendable (Request) throws(ToolError) -> Answer = { _ throws(ToolError) in
            throw ToolError(.notFound, "no such source")
        },
        send: @escaping @Sendable (Sent) throws(ToolError) -> Void = { _ throws(ToolError) in
            throw ToolError(.notFound, "no such source")
        },
        exchange: @escaping @Sendable (Sent) throws(ToolError) -> Answer = { _ throws(ToolError) in
            throw ToolError(.notFound, "no such source")
        },
        read: @escaping @Sendable (String) throws(ToolError) -> String? = { _ throws(ToolError) in
            throw ToolError(.notFound, "no such source")
        },
        search: @escaping @Sendable (Search) throws(ToolError) -> [JSONValue] = { _ throws(ToolError) in
            throw ToolError(.notFound, "no such documents")
        },
        callable: [String]? = nil
    ) {
        self.callable = callable
        readFile = read
        answerQuery = query
        answerRequest = request
        takeMessage = send
        answerMessage = exchange
        answerSearch = search
    }

    /// The statements run so far.
    public var queries: [Query] { record.withLock { $0.queries } }

    /// The HTTP requests sent so far.
    public var requests: [Request] { record.withLock { $0.requests } }

    /// The messages sent to brokers so far, those that wanted an answer too.
    public var sent: [Sent] { record.withLock { $0.sent } }

    /// The questions asked of documents so far.
    public var searches: [Search] { record.withLock { $0.searches } }

    /// The progress reported so far.
    public var progress: [Double] { record.withLock { $0.progress } }

    /// The messages sent to the client so far.
    public var messages: [Message] { record.withLock { $0.messages } }

    /// The changes announced so far.
    public var changes: [PluginChange] { record.withLock { $0.changes } }

    /// Answers one operation as the host would.
    public func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        guard let body = try? JSONValue(parsing: body) else { return Self.refusal(9, "malformed body") }
        if operation == "tools.callable", callable == nil {
            return Self.refusal(HostReply.unsupported, "This gateway does not say.")
        }
        do throws(ToolError) {
            return HostReply(status: 0, body: try answer(operation, body).serialized)
        } catch {
            return Self.refusal(Self.statuses[error.code] ?? 9, error.message)
        }
    }

    /// The numbers of `BEAM_*` in the plugin contract.
    private static let statuses: [ToolError.Code: Int32] = [
        .invalidArgument: 1, .notFound: 2, .forbidden: 3, .conflict: 4, .unavailable: 5, .timeout: 6, .tooLarge: 7,
    ]

    private func answer(_ operation: String, _ body: JSONValue) throws(ToolError) -> JSONValue {
        let source = body["source"]?.string ?? ""
        switch operation {
        case "source.query":
            let query = Query(
                source: source,
                sql: body["sql"]?.string ?? "",
                parameters: body["parameters"]?.array ?? []
            )
            record.withLock { $0.queries.append(query) }
            return try answerQuery(query).reply
        case "source.request":
            let request = Request(
                source: source,
                path: body["path"]?.string ?? "",
                query: body["query"] ?? [:],
                method: body["method"]?.string ?? "GET",
                body: body["body"]
            )
            record.withLock { $0.requests.append(request) }
            let answer = try answerRequest(request)
            return [
                "status": .integer(answer.status), "headers": [:], "encoding": .string(answer.encoding),
                "body": answer.body, "truncated": false,
            ]
        case "documents.search":
            let search = Search(
                collection: body["collection"]?.string ?? "",
                question: body["query"]?.string ?? "",
                limit: body["limit"]?.integer ?? 0
            )
            record.withLock { $0.searches.append(search) }
            return ["passages": .array(try answerSearch(search))]
        case "tools.callable":
            return ["tools": .array((callable ?? []).map(JSONValue.string))]
        case "source.send":
            try takeMessage(note(source, body))
            return [:]
        case "source.exchange":
            let answer = try answerMessage(note(source, body))
            return ["headers": [:], "encoding": .string(answer.encoding), "body": answer.body]
        case "source.read":
            guard let text = try readFile(source) else { return ["exists": false] }
            return ["exists": true, "encoding": "text", "body": .string(text)]
        default:
            throw ToolError(.internal, "This operation has no stand-in: \(operation)")
        }
    }

    private func note(_ source: String, _ body: JSONValue) -> Sent {
        let sent = Sent(
            source: source,
            destination: body["destination"]?.string ?? "",
            headers: body["headers"] ?? [:],
            body: body["body"] ?? .null,
            replyMember: body["reply_member"]?.string
        )
        record.withLock { $0.sent.append(sent) }
        return sent
    }

    private static func refusal(_ status: Int32, _ message: String) -> HostReply {
        HostReply(status: status, body: (["message": .string(message)] as JSONValue).serialized)
    }

    /// Notes progress.
    public func progress(done: Double, total: Double?, note: String) {
        record.withLock { $0.progress.append(done) }
    }

    /// Notes a message.
    public func tell(_ level: MessageLevel, data: JSONValue, logger: String?) {
        record.withLock { $0.messages.append(Message(level, data, logger: logger)) }
    }

    /// Notes a change.
    public func announce(_ change: PluginChange) {
        record.withLock { $0.changes.append(change) }
    }

    /// Drops the line: tests assert on results, not on words of a log.
    public func log(_ level: LogLevel, _ message: String) {}
}
