import HTTPServer
import JSON
import MCPModel

/// Several messages in one body (2025-03-26 basic, "Batching").
///
/// Their requests cannot be cancelled, and nothing is told before the answer: there is one answer for all.
extension SessionExchange {
    /// Answers the messages of a batch one after the other.
    func answer(toBatch body: JSONNode, headers: HTTPHeaderFields, of caller: Caller) async -> HTTPResponse {
        let session: Session
        do throws(SessionFault) {
            session = try self.session(headers, caller)
            guard session.revision.allowsBatch else { throw SessionFault.batch }
            let count = body.elements.reduce(0) { count, _ in count + 1 }
            guard (1...maximumBatch).contains(count) else { throw SessionFault.batchSize(limit: maximumBatch) }
        } catch {
            return .message(encoder.error(error.error, to: nil), status: error.status)
        }
        var writer = JSONWriter(capacity: 1024)
        var isEmpty = true
        writer.beginArray()
        for element in body.elements {
            guard let bytes = await answer(toElement: element, caller, session) else { continue }
            writer.writeRaw(bytes)
            isEmpty = false
        }
        writer.endArray()
        return isEmpty ? .accepted : .message(writer.bytes)
    }

    /// The answer to one message of a batch; nil for one that wants none.
    private func answer(toElement element: JSONNode, _ caller: Caller, _ session: Session) async -> [UInt8]? {
        let message: JSONRPCMessage
        do {
            message = try JSONRPCMessage(element)
        } catch {
            return encoder.error(error.error, to: error.id)
        }
        switch message {
        case .request(let request) where request.method == InitializeRequest.method:
            let error = ProtocolError(.invalidRequest, "initialize must not be part of a batch.")
            return encoder.error(error, to: request.id)
        case .request(let request):
            return writer(for: request, session).message(await answer(request, caller, session))
        case .notification(let method, let parameters):
            heard(method, parameters, session)
            return nil
        case .response(let response):
            session.pending.answer(response)
            return nil
        }
    }
}
