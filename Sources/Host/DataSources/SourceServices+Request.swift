internal import GatewayCore
internal import JSON

extension SourceServices {
    /// `source.request`: `{"source","method"?,"path","query"?,"headers"?,"body"?,"max_bytes"?,"act_as"?,"timeout_ms"?}` →
    /// `{"status","headers":{},"body","encoding":"json"|"text"|"base64","truncated"}`.
    ///
    /// - `method` is GET unless given.
    /// - `query` and `headers` map names to strings, numbers, bools or arrays of these; an array repeats its name.
    /// - A `body` that is a string is sent as it is; anything else as JSON, with that content type unless one is given.
    /// - `act_as` is `user` or `service`; unless given, the source's configuration says for whom it is asked.
    /// - Any HTTP status is an answer. Which header fields may be sent and which come back is the driver's choice; none
    ///   that is `HTTPField.isReserved` ever does.
    func send(
        _ request: ServiceRequest,
        _ body: OperationBody,
        _ deadline: Deadline
    ) async throws(ServiceFailure) -> [UInt8] {
        let name = try body.requiredString("source")
        let source = try source(name)
        let actor = try actor(body, at: source)
        let sent = try sourceRequest(body, deadline, request, actor)
        guard source.kind == .http || source.kind == .custom else {
            throw ServiceFailure(
                .unsupported,
                "The data source \"\(name)\" is of kind \(source.kind.rawValue); it takes no HTTP requests."
            )
        }
        do {
            return answer(try await source.request(sent))
        } catch {
            throw failure(error, of: name, in: request)
        }
    }

    private func actor(_ body: OperationBody, at source: any DataSource) throws(ServiceFailure) -> SourceActor {
        switch try body.string("act_as") {
        case nil: return .configured
        case "service": return .service
        case "user" where source.actsForCallers: return .user
        case "user": throw ServiceFailure(.unsupported, "This gateway cannot act as the user at this source.")
        default: throw ServiceFailure(.invalidArgument, "\"act_as\" must be \"service\" or \"user\".")
        }
    }

    private func sourceRequest(
        _ body: OperationBody,
        _ deadline: Deadline,
        _ request: ServiceRequest,
        _ actor: SourceActor
    ) throws(ServiceFailure) -> SourceRequest {
        let method = try body.string("method") ?? "GET"
        guard (1...16).contains(method.utf8.count), method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw ServiceFailure(.invalidArgument, "\"method\" must be an HTTP method in capitals, such as GET.")
        }
        let path = try body.requiredString("path")
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw ServiceFailure(.invalidArgument, "\"path\" must begin with a slash and hold no control characters.")
        }
        var headers = try body.fields("headers")
        try HeaderForm.check(headers)
        var content: [UInt8]?
        if let node = body.node("body") {
            content = node.string.map { Array($0.utf8) } ?? Array(node.bytes)
            if node.string == nil, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
                headers.append(HTTPField("content-type", "application/json"))
            }
        }
        return SourceRequest(
            method: method,
            path: path,
            query: try body.fields("query"),
            headers: headers,
            body: content,
            maximumBytes: min(try body.count("max_bytes") ?? limits.maximumBytes, limits.maximumBytes),
            deadline: deadline,
            namespace: namespace,
            isNested: request.parent?.isSource ?? true,
            requestID: request.parent?.requestID,
            trace: request.parent?.trace,
            caller: request.parent?.principal,
            actor: actor
        )
    }

    private func answer(_ response: FetchResponse) -> [UInt8] {
        var writer = JSONWriter(capacity: response.body.count + 512)
        writer.beginObject()
        writer.name("status")
        writer.write(response.status)
        writer.name("headers")
        writer.beginObject()
        for field in HeaderForm.passedOn(response.headers) {
            writer.name(field.name)
            writer.write(field.value)
        }
        writer.endObject()
        ResponseBody(response, depth: limits.documentDepth).write(to: &writer)
        writer.name("truncated")
        writer.write(response.isTruncated)
        writer.endObject()
        return writer.bytes
    }
}
