import GatewayCore
import HTTPServer
import JSON
import MCPModel

/// Requests that take time: their client may hear of them before the answer, and may cancel them by a message.
extension SessionExchange {
    /// Answers one request, unless it is cancelled meanwhile.
    ///
    /// Nothing answers a cancelled request (2025-11-25 basic/utilities/cancellation). Its HTTP request ends all the
    /// same: a stream by its end, anything else by 202, which clients take as "there is nothing to read".
    func respond(
        to request: JSONRPCRequest,
        _ caller: Caller,
        _ session: Session,
        acceptsEvents: Bool
    ) -> HTTPResponse {
        let writer = writer(for: request, session)
        let wishes = Wishes(
            progressToken: request.meta?[MetaKey.progressToken].flatMap(RequestIdentifier.init),
            severity: session.severity
        )
        let running = session.running
        var asking = caller
        // Where there can be no stream, nothing can be asked.
        asking.interaction.abilities = acceptsEvents ? session.abilities : []
        return HTTPResponse(
            status: 200,
            body: .undecided { [caller = asking] exchange in
                let number = running.begin(request.id, cancel: exchange.cancel)
                defer { running.end(number) }
                var first: MethodAnswer?
                if !acceptsEvents || wishes.isNothing {
                    let answer = await answer(request, caller, session)
                    guard answer.isQuestion, acceptsEvents else {
                        return running.isCancelled(number) ? .accepted : writer.response(answer)
                    }
                    first = answer
                }
                let call = StreamedCall(
                    wishes: wishes,
                    limits: streams,
                    encoder: encoder,
                    call: { [first] listener, send in
                        var caller = caller
                        caller.listener = listener
                        let answer: MethodAnswer
                        if let first { answer = first } else { answer = await self.answer(request, caller, session) }
                        return await settle(answer, of: request, caller, session, send: send)
                    },
                    message: { running.isCancelled(number) ? nil : writer.message($0) },
                    response: { running.isCancelled(number) ? .accepted : writer.response($0) }
                )
                return try await call.run(exchange)
            }
        )
    }
}
