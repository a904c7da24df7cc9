import NIOCore

/// What the task of a request holds of its connection.
///
/// Every method goes over to the event loop; only there the connection is touched.
struct ExchangeLink: Sendable {
    let connection: NIOLoopBound<ConnectionHandler>
    let number: UInt64

    /// Runs a request to its answer.
    ///
    /// This is the whole task of a request.
    func run(_ request: HTTPRequest, exchange: Exchange, handler: any HTTPHandler) async {
        let response = await handler.respond(to: request)
        guard case .undecided(let decide) = response.body else { return await send(response, exchange) }
        let pending = ExchangeDecision(link: self, omitsContent: exchange.omitsContent, fields: response.headers)
        do {
            guard let decided = try await decide(pending) else {
                return end(exchange.omitsContent ? .withoutContent : .whole)
            }
            await send(pending.complete(decided), exchange)
        } catch {
            end(exchange.omitsContent ? .withoutContent : .broken)
        }
    }

    private func send(_ answer: HTTPResponse, _ exchange: Exchange) async {
        let response = answer.isSendable ? answer : .unsendable
        guard case .stream(let produce) = response.body else {
            connection.eventLoop.execute { connection.value.finish(number, with: response) }
            return
        }
        begin(response)
        guard response.mayHaveContent, !exchange.omitsContent else { return end(.withoutContent) }
        do {
            try await produce(self)
            end(.whole)
        } catch {
            end(.broken)
        }
    }

    /// Sends the head of a streamed answer, which must be sendable.
    func begin(_ head: HTTPResponse) {
        connection.eventLoop.execute { connection.value.beginStream(number, with: head) }
    }

    private func end(_ end: StreamEnd) {
        connection.eventLoop.execute { connection.value.endStream(number, end) }
    }

    /// Cancels the request's task.
    func cancel() {
        connection.eventLoop.execute { connection.value.cancel(number) }
    }
}

extension ExchangeLink: HTTPBodyWriter {
    func write(_ bytes: [UInt8]) async throws(HTTPWriteError) {
        guard !bytes.isEmpty else { return }
        let failure = await withCheckedContinuation { continuation in
            connection.eventLoop.execute { connection.value.write(bytes, of: number, resuming: continuation) }
        }
        if let failure { throw failure }
    }
}
