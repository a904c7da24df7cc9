public import JSON

extension DataSource {
    /// Sends one message to a destination, such as `/queue/control`, that the site lets plugins send to.
    ///
    /// A body that is a string is sent as it is, anything else as JSON. With a receipt this returns when the broker has
    /// taken the message; without, a message that is lost on its way is not missed.
    /// - Throws: `ToolError`. `unavailable` without the message having left, or saying that it is not known whether it
    ///   arrived: then look for its effect before you send it again.
    public func send(
        _ body: JSONValue,
        to destination: String,
        headers: [(String, String)] = [],
        receipt: Bool = true
    ) async throws(ToolError) {
        var writer = message(body, destination, headers)
        writer.name("receipt")
        writer.write(receipt)
        writer.endObject()
        _ = try await reply(to: "source.send", writer.bytes)
    }

    /// Sends one message to a destination and waits for the one that answers it, on a queue of its own.
    ///
    /// The queue's name goes along as `reply-to`, and as a member of the body for programs that look for it there.
    /// - Parameters:
    ///   - body: As in `send`; an object when there is a `replyMember`.
    ///   - destination: Where the question goes.
    ///   - headers: What the message says of itself.
    ///   - replyMember: The member of the body for the queue's name; the body has none of that name.
    ///   - timeout: How long to wait, at most until the call's deadline, which is also the default.
    /// - Returns: What came back.
    /// - Throws: `ToolError`: `timeout` when the question arrived and nobody answered it, else as in `send`.
    public func exchange(
        _ body: JSONValue,
        with destination: String,
        headers: [(String, String)] = [],
        replyMember: String? = nil,
        timeout: Duration? = nil
    ) async throws(ToolError) -> MessageAnswer {
        var writer = message(body, destination, headers)
        if let replyMember {
            writer.name("reply_member")
            writer.write(replyMember)
        }
        if let timeout {
            writer.name("timeout_ms")
            writer.write(max(1, Int(timeout / .milliseconds(1))))
        }
        writer.endObject()
        return try MessageAnswer(await reply(to: "source.exchange", writer.bytes))
    }

    private func message(_ body: JSONValue, _ destination: String, _ headers: [(String, String)]) -> JSONWriter {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("source")
        writer.write(name)
        writer.name("destination")
        writer.write(destination)
        writer.name("headers")
        writer.beginObject()
        for (name, value) in headers {
            writer.name(name)
            writer.write(value)
        }
        writer.endObject()
        writer.name("body")
        writer.write(body)
        return writer
    }
}
