import GatewayCore
import HTTPServer
import JSON
import MCPModel

/// Requests of clients that begin with `initialize` (revisions 2025-03-26 to 2025-11-25).
struct SessionExchange: Sendable {
    /// When a client turned away for want of sessions may come again, in seconds.
    private static let retrySeconds = 60

    let methods: Methods
    let encoder: MessageEncoder
    let challenge: BearerChallenge
    let introduction: Introduction
    let sessions: SessionStore
    let failures: any FailureReporting
    let maximumBatch: Int

    /// Answers one body: a message, or a batch where the revision of the session has them.
    func answer(to body: JSONNode, headers: HTTPHeaderFields, of caller: Caller) async -> HTTPResponse {
        if body.kind == .array { return await answer(toBatch: body, headers: headers, of: caller) }
        let message: JSONRPCMessage
        do {
            message = try JSONRPCMessage(body)
        } catch {
            return .message(encoder.error(error.error, to: error.id), status: 400)
        }
        if case .request(let request) = message, request.method == InitializeRequest.method {
            return begin(request, caller)
        }
        let revision: Revision
        do {
            revision = try self.revision(headers, caller)
        } catch {
            return refused(error, to: message)
        }
        guard case .request(let request) = message else { return .accepted }
        switch await answer(request, caller, revision) {
        case .result(let result): return .message(encoder.result(result, to: request.id, revision: revision))
        case .error(let error): return .message(encoder.error(error, to: request.id))
        case .challenge(let stepUp): return .challenge(challenge, stepUp)
        }
    }

    /// Ends the session a `DELETE` names (2025-11-25 basic/transports, "Session management").
    func end(headers: HTTPHeaderFields, of caller: Caller) -> HTTPResponse {
        do throws(SessionFault) {
            let id = try Self.identifier(headers)
            guard sessions.end(id, for: SessionOwner(caller)) else { throw SessionFault.unknown }
            return HTTPResponse(status: 204, headers: [HTTPField("Cache-Control", "no-store")])
        } catch {
            return .message(encoder.error(error.error, to: nil), status: error.status)
        }
    }

    // MARK: - Sessions

    private func begin(_ request: JSONRPCRequest, _ caller: Caller) -> HTTPResponse {
        let revision: Revision
        do {
            revision = try InitializeRequest(request.parameters).negotiated
        } catch {
            return .message(encoder.error(error, to: request.id))
        }
        guard let id = sessions.begin(for: SessionOwner(caller), revision: revision) else {
            failures.report(
                RefusedRequest(
                    requestID: caller.requestID,
                    reason: .sessionLimit,
                    remoteAddress: caller.remoteAddress
                )
            )
            let error = ProtocolError(.internalError, "There are too many sessions. Try again later.")
            let retry = HTTPField("Retry-After", String(Self.retrySeconds))
            return .message(encoder.error(error, to: request.id), status: 503, [retry])
        }
        let result = InitializeResult(
            capabilities: introduction.capabilities(for: caller),
            server: introduction.server,
            instructions: introduction.instructions(for: caller)
        )
        let bytes = encoder.result(result, to: request.id, revision: revision)
        return .message(bytes, [HTTPField(HeaderName.session, id)])
    }

    /// The revision of the session that a request belongs to.
    private func revision(_ headers: HTTPHeaderFields, _ caller: Caller) throws(SessionFault) -> Revision {
        let id = try Self.identifier(headers)
        guard let revision = sessions.revision(of: id, for: SessionOwner(caller)) else { throw .unknown }
        guard revision.hasVersionHeader else { return revision }
        let versions = headers.values(HeaderName.protocolVersion).map(HeaderText.trimmed)
        guard versions.allSatisfy({ $0 == revision.name }), versions.count <= 1 else {
            throw .version(negotiated: revision)
        }
        return revision
    }

    private static func identifier(_ headers: HTTPHeaderFields) throws(SessionFault) -> String {
        let ids = headers.values(HeaderName.session).map(HeaderText.trimmed)
        guard ids.count == 1, let id = ids.first, !id.isEmpty else { throw .missing }
        return id
    }

    private func refused(_ fault: SessionFault, to message: JSONRPCMessage) -> HTTPResponse {
        var id: RequestIdentifier?
        if case .request(let request) = message { id = request.id }
        return .message(encoder.error(fault.error, to: id), status: fault.status)
    }

    // MARK: - Messages

    private func answer(
        _ request: JSONRPCRequest,
        _ caller: Caller,
        _ revision: Revision
    ) async -> MethodAnswer {
        guard let method = methods.method(request.method, in: .session) else {
            return .error(.unknownMethod(request.method))
        }
        return await method.answer(request.parameters, of: caller, in: revision)
    }

    /// Answers the messages of a batch one after the other (2025-03-26 basic, "Batching").
    private func answer(toBatch body: JSONNode, headers: HTTPHeaderFields, of caller: Caller) async -> HTTPResponse {
        let revision: Revision
        do throws(SessionFault) {
            revision = try self.revision(headers, caller)
            guard revision.allowsBatch else { throw SessionFault.batch }
            let count = body.elements.reduce(0) { count, _ in count + 1 }
            guard (1...maximumBatch).contains(count) else { throw SessionFault.batchSize(limit: maximumBatch) }
        } catch {
            return .message(encoder.error(error.error, to: nil), status: error.status)
        }
        var writer = JSONWriter(capacity: 1024)
        var isEmpty = true
        writer.beginArray()
        for element in body.elements {
            guard let bytes = await answer(toElement: element, caller, revision) else { continue }
            writer.writeRaw(bytes)
            isEmpty = false
        }
        writer.endArray()
        return isEmpty ? .accepted : .message(writer.bytes)
    }

    /// The answer to one message of a batch; nil for one that wants none.
    private func answer(toElement element: JSONNode, _ caller: Caller, _ revision: Revision) async -> [UInt8]? {
        let message: JSONRPCMessage
        do {
            message = try JSONRPCMessage(element)
        } catch {
            return encoder.error(error.error, to: error.id)
        }
        guard case .request(let request) = message else { return nil }
        guard request.method != InitializeRequest.method else {
            let error = ProtocolError(.invalidRequest, "initialize must not be part of a batch.")
            return encoder.error(error, to: request.id)
        }
        switch await answer(request, caller, revision) {
        case .result(let result): return encoder.result(result, to: request.id, revision: revision)
        case .error(let error): return encoder.error(error, to: request.id)
        case .challenge(let stepUp):
            return encoder.result(CallToolResult(.challenged(stepUp)), to: request.id, revision: revision)
        }
    }
}

extension GatewayError {
    /// A challenge inside a batch, whose other answers forbid an HTTP status of its own.
    fileprivate static func challenged(_ stepUp: StepUp) -> GatewayError {
        guard stepUp.maximumAuthenticationAge == nil else {
            return GatewayError(.forbidden, "The call needs a more recent login.", hint: "Log in again.")
        }
        return GatewayError(
            .forbidden,
            "The call needs a token with the scopes: \(stepUp.scopes.joined(separator: ", ")).",
            hint: "Send the call alone, not in a batch, to be asked for them."
        )
    }
}
