internal import GatewayCore
internal import JSON

extension SourceServices {
    /// `source.send`: `{"source","destination","headers"?,"body","receipt"?,"timeout_ms"?}` → `{}`.
    ///
    /// - `headers` maps names to strings, numbers or bools; the driver says which may be given.
    /// - A `body` that is a string is sent as it is; anything else as JSON, with that content type unless one is given.
    /// - Unless `receipt` is false the answer comes when the broker has confirmed the message.
    func sendMessage(
        _ request: ServiceRequest,
        _ body: OperationBody,
        _ deadline: Deadline
    ) async throws(ServiceFailure) -> [UInt8] {
        let (name, source) = try messageSource(body)
        let content = try MessageContent(body)
        let message = SourceMessage(
            destination: try body.requiredString("destination"),
            headers: content.headers,
            body: content.body,
            wantsReceipt: try body.bool("receipt") ?? true,
            deadline: deadline,
            namespace: namespace
        )
        do {
            try await source.send(message)
            return Array("{}".utf8)
        } catch {
            throw failure(error, of: name, in: request)
        }
    }

    /// `source.exchange`: `{"source","destination","headers"?,"body","reply_member"?,"timeout_ms"?}` →
    /// `{"headers":{},"body","encoding":"json"|"text"|"base64"}`.
    ///
    /// As `source.send`, and the answer is the message that came back on a private queue. Its name goes along as
    /// `reply-to`, and as the member `reply_member` of the body for programs that look for it there.
    func exchangeMessages(
        _ request: ServiceRequest,
        _ body: OperationBody,
        _ deadline: Deadline
    ) async throws(ServiceFailure) -> [UInt8] {
        let (name, source) = try messageSource(body)
        let content = try MessageContent(body)
        let exchange = SourceExchange(
            destination: try body.requiredString("destination"),
            headers: content.headers,
            maximumBytes: limits.maximumBytes,
            deadline: deadline,
            namespace: namespace,
            body: try content.body(naming: try body.string("reply_member"))
        )
        do {
            return answer(try await source.exchange(exchange))
        } catch {
            throw failure(error, of: name, in: request)
        }
    }

    private func messageSource(_ body: OperationBody) throws(ServiceFailure) -> (String, any DataSource) {
        let name = try body.requiredString("source")
        let source = try source(name)
        guard source.kind == .message else {
            throw ServiceFailure(
                .unsupported,
                "The data source \"\(name)\" is of kind \(source.kind.rawValue); it takes no messages."
            )
        }
        return (name, source)
    }

    private func answer(_ reply: MessageReply) -> [UInt8] {
        var writer = JSONWriter(capacity: reply.body.count + 512)
        writer.beginObject()
        writer.name("headers")
        writer.beginObject()
        for header in MessageContent.passedOn(reply.headers) {
            writer.name(header.name)
            writer.write(header.value)
        }
        writer.endObject()
        MessageContent.form(of: reply, depth: limits.documentDepth).write(to: &writer)
        writer.endObject()
        return writer.bytes
    }
}
