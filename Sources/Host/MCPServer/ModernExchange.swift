import GatewayCore
import HTTPServer
import JSON
import MCPModel

/// One modern request and its answer.
///
/// Nothing of it is kept.
struct ModernExchange: Sendable {
    let methods: Methods
    let encoder: MessageEncoder
    let challenge: BearerChallenge
    let streams: StreamLimits
    let listening: Listening
    let questioning: Questioning

    /// Answers one body.
    ///
    /// The checks are in the order of precedence: the first that fails is the answer.
    func answer(to body: JSONNode, headers: HTTPHeaderFields, of caller: Caller) async -> HTTPResponse {
        let message: JSONRPCMessage
        do {
            message = try JSONRPCMessage(body)
        } catch {
            return .message(encoder.error(error.error, to: error.id), status: 400)
        }
        switch message {
        case .request(let request): return await answer(to: request, headers: headers, of: caller)
        case .notification: return .accepted
        case .response:
            let error = ProtocolError(.invalidRequest, "Clients send no responses: the server asks nothing of them.")
            return .message(encoder.error(error, to: nil), status: 400)
        }
    }

    private func answer(
        to request: JSONRPCRequest,
        headers: HTTPHeaderFields,
        of caller: Caller
    ) async -> HTTPResponse {
        let method: any ServerMethod
        let revision: Revision
        let wishes: Wishes
        let past: Questioning.Past
        var caller = caller
        do throws(ProtocolError) {
            let metadata = try RequestMetadata(of: request.parameters)
            try RoutingHeaders.check(headers, claim: metadata.protocolVersion, request: request, methods: methods)
            revision = try Self.served(metadata.protocolVersion)
            if request.method == ListenRequest.method {
                guard MediaTypes.acceptsEvents(headers.values("Accept")) else {
                    return .text(406, "The answer is a stream. Send Accept: application/json, text/event-stream.")
                }
                guard let id = request.id.kept else {
                    throw ProtocolError(.invalidRequest, "The id of a stream has at most 1024 bytes.")
                }
                return listening.listen(try ListenRequest(request.parameters), id: id, caller)
            }
            guard let known = methods.method(request.method, in: .modern) else {
                throw ProtocolError.unknownMethod(request.method)
            }
            method = known
            caller.trace = metadata.trace ?? caller.trace
            caller.fields = ParameterHeaders(headers: headers)
            wishes = Wishes(progressToken: metadata.progressToken, severity: metadata.severity)
            past =
                try known.takesTime
                ? questioning.past(of: request, metadata.abilities, of: caller) : Questioning.Past()
            caller.interaction = past.interaction
        } catch {
            let status = error.code == .methodNotFound ? 404 : 400
            return .message(encoder.error(error, to: request.id), status: status)
        }
        let writer = AnswerWriter(encoder: encoder, challenge: challenge, id: request.id, revision: revision)
        if let failure = past.failure { return writer.response(.failure(failure, of: request)) }
        guard method.takesTime, !wishes.isNothing, MediaTypes.acceptsEvents(headers.values("Accept")) else {
            let answer = await method.answer(request.parameters, of: caller, in: revision)
            return writer.response(questioning.asking(answer, after: past, request, of: caller))
        }
        let call = StreamedCall(
            wishes: wishes,
            limits: streams,
            encoder: encoder,
            call: { [caller] listener, _ in
                var caller = caller
                caller.listener = listener
                let answer = await method.answer(request.parameters, of: caller, in: revision)
                return questioning.asking(answer, after: past, request, of: caller)
            },
            message: writer.message,
            response: writer.response
        )
        return HTTPResponse(status: 200, body: .undecided(call.run))
    }

    private static func served(_ claim: String) throws(ProtocolError) -> Revision {
        guard let revision = Revision(rawValue: claim), revision.era == .modern else {
            throw .unsupportedVersion(claim)
        }
        return revision
    }
}
