public import JSON

/// A source of data the host owns: asked by name, with no address or credential in the plugin's hands.
public struct DataSource: Sendable {
    /// The name the manifest gives it.
    public let name: String
    private let host: any HostCalling

    init(name: String, host: any HostCalling) {
        self.name = name
        self.host = host
    }

    /// Runs one read-only statement.
    ///
    /// Values stand in the text as `$1 … $n` and are bound in order: null, bool, number or string. Rows beyond
    /// `maximumRows` are not read; ``Rows/isTruncated`` says so.
    /// - Throws: `ToolError` with words fit for the caller.
    public func query(
        _ sql: String,
        _ parameters: [JSONValue] = [],
        maximumRows: Int = 1000
    ) async throws(ToolError) -> Rows {
        var writer = JSONWriter(capacity: sql.utf8.count + 128)
        writer.beginObject()
        writer.name("source")
        writer.write(name)
        writer.name("sql")
        writer.write(sql)
        writer.name("parameters")
        writer.write(.array(parameters))
        writer.name("max_rows")
        writer.write(maximumRows)
        writer.endObject()
        var answer = try await reply(to: "source.query", writer.bytes)
        var rows = try Rows(answer)
        while let handle = answer["next"]?.string {
            answer = try await reply(to: "source.fetch", JSONValue.object(["next": .string(handle)]).serialized)
            try rows.append(page: answer)
        }
        return rows
    }

    /// Sends one HTTP request below the source's base address.
    ///
    /// The path begins with a slash; a name may repeat in the query. A body longer than `maximumBytes` is cut;
    /// ``SourceAnswer/isTruncated`` says so. Any HTTP status is an answer. `timeoutMilliseconds` is for who would rather
    /// have no answer than wait as long as the source's own limits allow.
    /// - Throws: `ToolError` when nothing came back.
    public func get(
        _ path: String,
        query: [(String, String)] = [],
        headers: [(String, String)] = [("accept", "application/json")],
        maximumBytes: Int = 4 << 20,
        timeoutMilliseconds: Int? = nil
    ) async throws(ToolError) -> SourceAnswer {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("source")
        writer.write(name)
        writer.name("method")
        writer.write("GET")
        writer.name("path")
        writer.write(path)
        writer.name("query")
        writer.write(Self.grouped(query))
        writer.name("headers")
        writer.write(Self.grouped(headers))
        writer.name("max_bytes")
        writer.write(maximumBytes)
        if let timeoutMilliseconds {
            writer.name("timeout_ms")
            writer.write(timeoutMilliseconds)
        }
        writer.endObject()
        return try SourceAnswer(await reply(to: "source.request", writer.bytes))
    }

    private static func grouped(_ pairs: [(String, String)]) -> JSONValue {
        var object = JSONObject()
        for (name, value) in pairs {
            switch object[name] {
            case .array(let earlier): object[name] = .array(earlier + [.string(value)])
            case let earlier?: object[name] = .array([earlier, .string(value)])
            case nil: object[name] = .string(value)
            }
        }
        return .object(object)
    }

    /// The host's reply to one operation.
    func reply(to operation: String, _ body: [UInt8]) async throws(ToolError) -> JSONNode {
        let reply = await host.invoke(operation, body: body)
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: reply.body, limits: .hostReply)
        } catch {
            throw ToolError(.internal, "The gateway answered in a form this plugin cannot read.", detail: "\(error)")
        }
        guard reply.status == 0 else {
            throw ToolError(
                ToolError.Code(status: reply.status),
                document.root["message"]?.string ?? "The data source \(name) cannot answer now.",
                hint: document.root["hint"]?.string
            )
        }
        return document.root
    }
}

extension JSONLimits {
    /// Replies of the host are bounded by the host; depth leaves room for documents inside them.
    static let hostReply = JSONLimits(depth: 128, bytes: 64 << 20, refusesDuplicateNames: false)
}

extension JSONValue {
    fileprivate static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(JSONObject(members: members.map { .init(name: $0.key, value: $0.value) }))
    }
}
