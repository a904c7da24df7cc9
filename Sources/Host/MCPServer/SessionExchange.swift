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
    let streams: StreamLimits
    let listening: Listening
    let questions: QuestionLimits

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
        let session: Session
        do {
            session = try self.session(headers, caller)
        } catch {
            return refused(error, to: message)
        }
        switch message {
        case .request(let request):
            guard methods.method(request.method, in: .session)?.takesTime == true else {
                return writer(for: request, session).response(await answer(request, caller, session))
            }
            return respond(
                to: request,
                caller,
                session,
                acceptsEvents: MediaTypes.acceptsEvents(headers.values("Accept"))
            )
        case .notification(let method, let parameters):
            heard(method, parameters, session)
            return .accepted
        case .response(let response):
            session.pending.answer(response)
            return .accepted
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
        let opening: InitializeRequest
        do {
            opening = try InitializeRequest(request.parameters)
        } catch {
            return .message(encoder.error(error, to: request.id))
        }
        let revision = opening.negotiated
        let id = sessions.begin(
            for: SessionOwner(caller),
            revision: revision,
            abilities: opening.abilities.possible(in: revision)
        )
        guard let id else {
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

    /// The session that a request belongs to.
    func session(_ headers: HTTPHeaderFields, _ caller: Caller) throws(SessionFault) -> Session {
        let id = try Self.identifier(headers)
        guard let session = sessions.session(id, for: SessionOwner(caller)) else { throw .unknown }
        let revision = session.revision
        guard revision.hasVersionHeader else { return session }
        let versions = headers.values(HeaderName.protocolVersion).map(HeaderText.trimmed)
        guard versions.allSatisfy({ $0 == revision.name }), versions.count <= 1 else {
            throw .version(negotiated: revision)
        }
        return session
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

    func answer(_ request: JSONRPCRequest, _ caller: Caller, _ session: Session) async -> MethodAnswer {
        if request.method == SetLevelRequest.method { return setLevel(request, session) }
        if let answer = watch(request, caller, session) { return answer }
        guard let method = methods.method(request.method, in: .session) else {
            return .error(.unknownMethod(request.method))
        }
        return await method.answer(request.parameters, of: caller, in: session.revision)
    }

    /// Sets what messages a session gets (2025-11-25 server/utilities/logging).
    private func setLevel(_ request: JSONRPCRequest, _ session: Session) -> MethodAnswer {
        do {
            sessions.set(try SetLevelRequest(request.parameters).severity, for: session)
            return .result(EmptyResult())
        } catch {
            return .error(error)
        }
    }

    func heard(_ method: String, _ parameters: JSONNode?, _ session: Session) {
        guard method == CancelledNotification.method, let cancelled = CancelledNotification(parameters) else { return }
        session.running.cancel(cancelled.requestID)
    }

    func writer(for request: JSONRPCRequest, _ session: Session) -> AnswerWriter {
        AnswerWriter(
            encoder: encoder,
            challenge: challenge,
            id: request.id,
            revision: session.revision,
            isToolCall: request.method == CallToolRequest.method
        )
    }
}
