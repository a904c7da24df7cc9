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
        let answer = await handler.respond(to: request)
        let response = answer.isSendable ? answer : .unsendable
        guard case .stream(let produce) = response.body else {
            connection.eventLoop.execute { connection.value.finish(number, with: response) }
            return
        }
        connection.eventLoop.execute { connection.value.beginStream(number, with: response) }
        guard response.mayHaveContent, !exchange.omitsContent else {
            connection.eventLoop.execute { connection.value.endStream(number, .withoutContent) }
            return
        }
        do {
            try await produce(self)
            connection.eventLoop.execute { connection.value.endStream(number, .whole) }
        } catch {
            connection.eventLoop.execute { connection.value.endStream(number, .broken) }
        }
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
