import NIOCore

/// What the task of a request holds of its connection.
///
/// The connection is touched only on its event loop; a task that is not there goes over.
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
            onLoop { $0.finish(number, with: response) }
            return
        }
        onLoop { $0.beginStream(number, with: response) }
        guard response.mayHaveContent, !exchange.omitsContent else {
            onLoop { $0.endStream(number, .withoutContent) }
            return
        }
        do {
            try await produce(self)
            onLoop { $0.endStream(number, .whole) }
        } catch {
            onLoop { $0.endStream(number, .broken) }
        }
    }

    private func onLoop(_ action: @escaping @Sendable (ConnectionHandler) -> Void) {
        if connection.eventLoop.inEventLoop {
            action(connection.value)
        } else {
            connection.eventLoop.execute { action(connection.value) }
        }
    }
}

extension ExchangeLink: HTTPBodyWriter {
    func write(_ bytes: [UInt8]) async throws(HTTPWriteError) {
        guard !bytes.isEmpty else { return }
        let failure = await withCheckedContinuation { continuation in
            onLoop { $0.write(bytes, of: number, resuming: continuation) }
        }
        if let failure { throw failure }
    }
}
