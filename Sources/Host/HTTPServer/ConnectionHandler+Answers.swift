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
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
        if isInactive {
            writer.resume(returning: .disconnected)
        } else if context.channel.isWritable {
            writer.resume(returning: nil)
        } else {
            if suspendedWriters.isEmpty { wait(for: .reader) }
            suspendedWriters.append(writer)
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
        endExchange(closes: encoder.closes)
    }

    /// Cancels the task of a request that is not answered yet.
    func cancel(_ number: UInt64) {
        guard number == self.number else { return }
        running?.cancel()
    }

    func resumeWriters(with failure: HTTPWriteError?) {
        let writers = suspendedWriters
        suspendedWriters = []
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
