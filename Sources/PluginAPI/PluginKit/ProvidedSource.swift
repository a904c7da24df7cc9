public import JSON

/// A data source that the plugin answers for itself, such as an archive with a client library of its own.
///
/// Plugins ask it as any other, when the site binds it to them, with nobody's roles: whoever it is bound to may ask
/// everything. While it answers, the plugin may use its own sources, but none that another plugin answers for.
public protocol ProvidedSource: Sendable {
    /// What the manifest says of it.
    static var offer: SourceOffer { get }

    /// Answers a statement; nil when it takes none.
    func query(_ query: ProvidedQuery, in context: CallContext) async throws(ToolError) -> ProvidedRows?

    /// Answers a request as a web service would; nil when it takes none.
    func request(_ request: ProvidedRequest, in context: CallContext) async throws(ToolError) -> ProvidedAnswer?
}

extension ProvidedSource {
    /// Takes no statements.
    public func query(_ query: ProvidedQuery, in context: CallContext) async throws(ToolError) -> ProvidedRows? { nil }

    /// Takes no requests.
    public func request(
        _ request: ProvidedRequest,
        in context: CallContext
    ) async throws(ToolError) -> ProvidedAnswer? { nil }
}

/// A source that a manifest offers.
public struct SourceOffer: Hashable, Sendable {
    /// The plugin's name for it.
    public let name: String
    /// What it can do.
    public let kind: SourceRequirement.Kind

    /// Creates an offer.
    public init(_ name: String, _ kind: SourceRequirement.Kind = .custom) {
        self.name = name
        self.kind = kind
    }

    var document: JSONValue { ["name": .string(name), "kind": .string(kind.rawValue)] }
}

/// One statement.
public struct ProvidedQuery: Sendable {
    /// As the other plugin wrote it, with `$1 … $n` for the parameters.
    public let statement: String
    /// Null, bool, number or string.
    public let parameters: [JSONValue]
    /// No more rows than these may be answered.
    public let maximumRows: Int
}

/// The rows of an answer.
public struct ProvidedRows: Sendable {
    /// The types a column can have.
    public enum ColumnType: String, Hashable, Sendable {
        case int, double, decimal, bool, text, timestamp, bytes, json
    }

    let columns: [(name: String, type: ColumnType)]
    let rows: [[JSONValue]]
    let isTruncated: Bool

    /// Creates an answer; each row has a value for each column, and there may be more than are given.
    public init(columns: [(name: String, type: ColumnType)], rows: [[JSONValue]], isTruncated: Bool = false) {
        self.columns = columns
        self.rows = rows
        self.isTruncated = isTruncated
    }

    var document: JSONValue {
        [
            "columns": .array(columns.map { ["name": .string($0.name), "type": .string($0.type.rawValue)] }),
            "rows": .array(rows.map(JSONValue.array)),
            "truncated": .bool(isTruncated),
        ]
    }
}

/// One request, as to a web service.
public struct ProvidedRequest: Sendable {
    /// Such as `GET`.
    public let method: String
    /// Begins with a slash.
    public let path: String
    /// Names with a string, or an array of strings.
    public let query: JSONNode?
    /// Names with a string, or an array of strings.
    public let headers: JSONNode?
    /// Nil when there is none.
    public let body: String?
    /// A longer body may not be answered.
    public let maximumBytes: Int
}

/// What a web service would answer.
public struct ProvidedAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: JSONValue
    let isJSON: Bool

    /// Creates an answer with a JSON body.
    public init(status: Int = 200, headers: [(name: String, value: String)] = [], json: JSONValue) {
        self.status = status
        self.headers = headers
        body = json
        isJSON = true
    }

    /// Creates an answer with text.
    public init(status: Int = 200, headers: [(name: String, value: String)] = [], text: String) {
        self.status = status
        self.headers = headers
        body = .string(text)
        isJSON = false
    }

    var document: JSONValue {
        var fields = JSONObject()
        for field in headers { fields[field.name] = .string(field.value) }
        return [
            "status": .integer(status), "headers": .object(fields), "body": body,
            "encoding": isJSON ? "json" : "text",
        ]
    }
}

/// Finds the source that is asked, and has it answer.
struct SourceRunner: Sendable {
    private let sources: [String: any ProvidedSource]

    init(_ plugin: any Plugin) {
        sources = Dictionary(plugin.providedSources.map { (type(of: $0).offer.name, $0) }) { first, _ in first }
    }

    var names: Set<String> { Set(sources.keys) }

    /// The reply of the operation; nil when the source does not offer it.
    func answer(_ name: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> JSONValue? {
        guard let source = sources[name] else { throw ToolError(.notFound, "There is no such source.") }
        switch body["op"]?.string {
        case "query":
            let parameters = (body["parameters"]?.elements).map { $0.map(\.value) } ?? []
            return try await source.query(
                ProvidedQuery(
                    statement: body["sql"]?.string ?? "",
                    parameters: parameters,
                    maximumRows: body["max_rows"]?.integer ?? 0
                ),
                in: context
            )?.document
        case "request":
            return try await source.request(
                ProvidedRequest(
                    method: body["method"]?.string ?? "GET",
                    path: body["path"]?.string ?? "/",
                    query: body["query"],
                    headers: body["headers"],
                    body: body["body"]?.string,
                    maximumBytes: body["max_bytes"]?.integer ?? 0
                ),
                in: context
            )?.document
        default: return nil
        }
    }
}
