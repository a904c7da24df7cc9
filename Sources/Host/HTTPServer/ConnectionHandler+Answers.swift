import NIOCore

/// What the task of a request asks of its connection, always on the event loop.
extension ConnectionHandler {
    /// Sends an answer of known length and ends the request.
    func finish(_ number: UInt64, with response: HTTPResponse) {
        // An answer after a stream was begun cannot be sent any more.
        guard stream == nil else { return endStream(number, .broken) }
        running = nil
        guard let (context, exchange) = active(number) else { return }
        let encoder = encoder(for: response, exchange)
        let buffer = encoder.complete(response, allocator: context.channel.allocator)
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
        endExchange(closes: encoder.closes)
    }

    /// Sends the head of a streamed answer, and has the rest written by a task of its own.
    ///
    /// A stream may last for hours: it need not keep the request, nor the memory that it took to decide about it. Where
    /// a change is told to thousands, requests go first.
    func startStream(
        _ link: ExchangeLink,
        with response: HTTPResponse,
        _ produce: @escaping @Sendable (any HTTPBodyWriter) async throws -> Void
    ) {
        beginStream(link.number, with: response)
        var link = link
        link.turnstile = turnstile
        running = Task(priority: .utility) { [link] in await link.run(produce) }
        // The client went before the stream began: its end is still the producer's to see.
        if isInactive { running?.cancel() }
    }

    /// Sends the head of a streamed answer.
    func beginStream(_ number: UInt64, with response: HTTPResponse) {
        guard let (context, exchange) = active(number) else { return }
        let encoder = encoder(for: response, exchange)
        stream = encoder
        let buffer = encoder.streamHead(response, allocator: context.channel.allocator)
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends a piece of a streamed answer; resumes the writer when the client keeps up.
    func write(
        _ bytes: [UInt8],
        of number: UInt64,
        resuming writer: CheckedContinuation<HTTPWriteError?, Never>
    ) {
        guard number == self.number, let stream else {
            writer.resume(returning: isInactive ? .disconnected : .finished)
            return
        }
        guard let context, !isInactive else {
            writer.resume(returning: .disconnected)
            return
        }
        let buffer = stream.chunk(bytes, allocator: context.channel.allocator)
        writes &+= 1
        let isFirst = suspendedWriters.isEmpty
        suspendedWriters[writes] = writer
        // The system takes it at once, or the writer waits: nothing piles up here for who does not read.
        let taken = context.eventLoop.makePromise(of: Void.self)
        taken.futureResult.assumeIsolated().whenComplete { [writes] in self.resumeWriter(writes, $0) }
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: taken)
        if isFirst, !suspendedWriters.isEmpty { wait(for: .reader) }
    }

    private func resumeWriter(_ number: UInt64, _ result: Result<Void, any Error>) {
        guard let writer = suspendedWriters.removeValue(forKey: number) else { return }
        if suspendedWriters.isEmpty, waiting == .reader, stream != nil { wait(for: .handler) }
        switch result {
        case .success: writer.resume(returning: nil)
        case .failure: writer.resume(returning: .disconnected)
        }
    }

    /// Ends a streamed answer; a broken one ends with the connection, so that the client can tell.
    func endStream(_ number: UInt64, _ end: StreamEnd) {
        running = nil
        let encoder = stream
        stream = nil
        resumeWriters(with: .finished)
        // A stream that ends without having begun was no answer.
        guard let encoder else { return finish(number, with: .unsendable) }
        guard let (context, _) = active(number) else { return }
        switch end {
        case .broken:
            context.close(promise: nil)
            return
        case .whole:
            guard let buffer = encoder.streamEnd(allocator: context.channel.allocator) else { break }
            context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
        case .withoutContent:
            break
        }
        // A shutdown may have begun since the head was sent.
        endExchange(closes: encoder.closes || registry.isDraining)
    }

    /// Cancels the task of a request that is not answered yet.
    func cancel(_ number: UInt64) {
        guard number == self.number else { return }
        running?.cancel()
    }

    func resumeWriters(with failure: HTTPWriteError?) {
        let writers = suspendedWriters.values
        suspendedWriters = [:]
        for writer in writers { writer.resume(returning: failure) }
    }

    /// The channel and the request, as long as there is someone to answer.
    private func active(_ number: UInt64) -> (ChannelHandlerContext, Exchange)? {
        guard number == self.number, !isInactive, let context, let current else {
            leaveIfDone()
            return nil
        }
        return (context, current)
    }

    private func encoder(for response: HTTPResponse, _ exchange: Exchange) -> ResponseEncoder {
        ResponseEncoder(exchange: exchange, closes: !exchange.keepsAlive || registry.isDraining || response.asksToClose)
    }

    private func endExchange(closes: Bool) {
        current = nil
        if closes {
            closeOutput()
        } else {
            advance()
        }
    }
}
