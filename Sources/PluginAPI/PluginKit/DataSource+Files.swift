public import JSON

extension DataSource {
    /// The text of the source's file; where each user has one, the caller's.
    /// - Returns: nil when there is no such file.
    /// - Throws: `ToolError`: `invalid_argument` when each user has a file and the caller no name that one could have, and
    ///   when the file is no text.
    public func readText() async throws(ToolError) -> String? {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("source")
        writer.write(name)
        writer.endObject()
        let answer = try await reply(to: "source.read", writer.bytes)
        guard answer["exists"]?.bool == true else { return nil }
        guard answer["encoding"]?.string == "text", let text = answer["body"]?.string else {
            throw ToolError(.invalidArgument, "The file of the data source \(name) is not text in UTF-8.")
        }
        return text
    }

    /// Sends one HTTP request that changes something, below the source's base address.
    ///
    /// The path begins with a slash; a body goes as JSON. Any HTTP status is an answer.
    /// - Throws: `ToolError` when nothing came back: then it is not known whether the request arrived.
    public func send(
        _ method: String,
        _ path: String,
        body: JSONValue,
        maximumBytes: Int = 1 << 20
    ) async throws(ToolError) -> SourceAnswer {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [("source", name), ("method", method), ("path", path)] {
            writer.name(name)
            writer.write(value)
        }
        writer.name("headers")
        writer.write(["accept": "application/json"] as JSONValue)
        writer.name("body")
        writer.write(body)
        writer.name("max_bytes")
        writer.write(maximumBytes)
        writer.endObject()
        return try SourceAnswer(await reply(to: "source.request", writer.bytes))
    }
}
