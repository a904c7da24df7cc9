package import GatewayCore
internal import JSON

/// A source that a plugin answers for: what is asked of it becomes `BEAM_M_SOURCE_QUERY`.
///
/// A plugin that is answering as a source cannot ask another one, so that no two can keep each other waiting.
package struct PluginSource: DataSource {
    private let name: String
    private let provider: @Sendable () -> (any SourceProviding)?

    /// Makes a source.
    /// - Parameters:
    ///   - name: As the plugin's manifest calls it.
    ///   - provider: The plugin as it is now; nil while there is none.
    package init(name: String, provider: @escaping @Sendable () -> (any SourceProviding)?) {
        self.name = name
        self.provider = provider
    }

    package var kind: SourceKind { .custom }

    package func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        var writer = JSONWriter(capacity: query.statement.utf8.count + 128)
        writer.beginObject()
        writer.name("op")
        writer.write("query")
        writer.name("sql")
        writer.write(query.statement)
        writer.name("parameters")
        writer.write(.array(query.parameters))
        writer.name("max_rows")
        writer.write(query.maximumRows)
        writer.endObject()
        let answer = try await ask(
            SourceQuestion(
                source: name,
                body: writer.bytes,
                deadline: query.deadline,
                namespace: query.namespace,
                requestID: query.requestID ?? RequestID(),
                trace: query.trace
            ),
            isNested: query.isNested
        )
        return try PluginSourceReply.rows(answer, maximumRows: query.maximumRows, maximumBytes: query.maximumBytes)
    }

    package func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("op")
        writer.write("request")
        writer.name("method")
        writer.write(request.method)
        writer.name("path")
        writer.write(request.path)
        for (name, fields) in [("query", request.query), ("headers", request.headers)] {
            writer.name(name)
            writer.write(Self.grouped(fields))
        }
        if let body = request.body {
            guard let text = String(validating: body, as: UTF8.self) else {
                throw .invalid("The body of a request to a plugin's source must be text.")
            }
            writer.name("body")
            writer.write(text)
        }
        writer.name("max_bytes")
        writer.write(request.maximumBytes)
        writer.endObject()
        let answer = try await ask(
            SourceQuestion(
                source: name,
                body: writer.bytes,
                deadline: request.deadline,
                namespace: request.namespace,
                requestID: request.requestID ?? RequestID(),
                trace: request.trace
            ),
            isNested: request.isNested
        )
        return try PluginSourceReply.response(answer, maximumBytes: request.maximumBytes)
    }

    private func ask(_ question: SourceQuestion, isNested: Bool) async throws(SourceError) -> [UInt8] {
        guard !isNested else {
            throw .invalid(
                "The data source of a plugin answers calls only, not other sources and not a plugin by itself."
            )
        }
        guard let provider = provider() else { throw .unavailable(detail: "its plugin is not loaded") }
        guard provider.providedSources.contains(name) else {
            throw .unavailable(detail: "its plugin's manifest does not provide \"\(name)\"")
        }
        return try await provider.answer(question)
    }

    /// A name that comes several times has an array of its values.
    private static func grouped(_ fields: [HTTPField]) -> JSONValue {
        var object = JSONObject()
        for field in fields {
            switch object[field.name] {
            case nil: object[field.name] = .string(field.value)
            case .array(let values): object[field.name] = .array(values + [.string(field.value)])
            case let value?: object[field.name] = .array([value, .string(field.value)])
            }
        }
        return .object(object)
    }
}
