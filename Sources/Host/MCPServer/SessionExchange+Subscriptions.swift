import GatewayCore
import HTTPServer
import JSON
import MCPModel

/// How clients of a session are told of changes (2025-11-25 basic/transports, "Listening for messages").
extension SessionExchange {
    /// Answers `GET`: a stream of changes.
    func listen(headers: HTTPHeaderFields, of caller: Caller) -> HTTPResponse {
        guard MediaTypes.acceptsEvents(headers.values("Accept")) else {
            return .text(406, "The answer is a stream. Send Accept: text/event-stream.")
        }
        do throws(SessionFault) {
            let session = try session(headers, caller)
            let owner = SessionOwner(caller)
            return listening.stream(of: session, caller) { sessions.session(session.id, for: owner) != nil }
        } catch {
            return .message(encoder.error(error.error, to: nil), status: error.status)
        }
    }

    /// `resources/subscribe` and `resources/unsubscribe` (2025-11-25 server/resources, "Subscriptions"); nil for others.
    func watch(_ request: JSONRPCRequest, _ caller: Caller, _ session: Session) -> MethodAnswer? {
        let isBeginning = request.method == "resources/subscribe"
        guard isBeginning || request.method == "resources/unsubscribe" else { return nil }
        do throws(ProtocolError) {
            let uri = try ReadResourceRequest(request.parameters).uri
            let resource = listening.resource(uri, caller)
            // What is gone can be let go of all the same.
            if !isBeginning, session.watched.unwatch(uri, resource) { return .result(EmptyResult()) }
            guard let resource else { throw .unknownResource(uri, in: session.revision) }
            guard isBeginning else { return .result(EmptyResult()) }
            guard session.watched.watch(resource, as: uri) else {
                throw ProtocolError(.internalError, "The session watches too many resources. Unsubscribe from some.")
            }
            return .result(EmptyResult())
        } catch {
            return .error(error)
        }
    }
}
