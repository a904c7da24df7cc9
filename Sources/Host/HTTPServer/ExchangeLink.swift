import NIOCore

/// What the task of a request holds of its connection.
///
/// Every method goes over to the event loop; only there the connection is touched.
struct ExchangeLink: Sendable {
    let connection: NIOLoopBound<ConnectionHandler>
    let number: UInt64
    /// Where what is written waits for its turn; nil when it goes at once.
    var turnstile: Turnstile?

    /// Runs a request to its answer.
    ///
    /// This is the whole task of a request, but for the stream it may be answered with.
    func run(_ request: HTTPRequest, exchange: Exchange, handler: any HTTPHandler) async {
        let response = await handler.respond(to: request)
        guard case .undecided(let decide) = response.body else { return send(response, exchange) }
        let pending = ExchangeDecision(link: self, omitsContent: exchange.omitsContent, fields: response.headers)
        do {
            guard let decided = try await decide(pending) else {
                return end(exchange.omitsContent ? .withoutContent : .whole)
            }
            send(pending.complete(decided), exchange)
        } catch {
            end(exchange.omitsContent ? .withoutContent : .broken)
        }
    }

    /// Runs a stream to its end.
    func run(_ produce: @Sendable (any HTTPBodyWriter) async throws -> Void) async {
        do {
            try await produce(self)
            end(.whole)
        } catch {
            end(.broken)
        }
    }

    private func send(_ answer: HTTPResponse, _ exchange: Exchange) {
        let response = answer.isSendable ? answer : .unsendable
        guard case .stream(let produce) = response.body else {
            connection.eventLoop.execute { connection.value.finish(number, with: response) }
            return
        }
        guard response.mayHaveContent, !exchange.omitsContent else {
            begin(response)
            return end(.withoutContent)
        }
        connection.eventLoop.execute { connection.value.startStream(self, with: response, produce) }
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
        await turnstile?.enter()
        let failure = await withCheckedContinuation { continuation in
            connection.eventLoop.execute {
                connection.value.write(bytes, of: number, resuming: continuation)
                // Whether the client reads it or not: nobody waits for another's client.
                turnstile?.leave()
            }
        }
        if let failure { throw failure }
    }
}
