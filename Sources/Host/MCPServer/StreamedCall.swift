import GatewayCore
import HTTPServer
import MCPModel

/// A call whose client wants to hear of it before the answer.
///
/// A stream begins with the first event, or when the client has heard nothing for a while. A call that ends before has
/// a plain answer.
struct StreamedCall: Sendable {
    typealias Instant = EventQueue.Instant

    let wishes: Wishes
    let limits: StreamLimits
    let encoder: MessageEncoder
    /// Carries the call out; the second argument sends the client a request on the stream.
    let call: @Sendable (CallListener, @escaping @Sendable ([UInt8]) -> Void) async -> MethodAnswer
    /// Writes the answer as the last event; nil for none.
    let message: @Sendable (MethodAnswer) -> [UInt8]?
    /// Writes the answer when there is no stream.
    let response: @Sendable (MethodAnswer) -> HTTPResponse

    /// Carries the call out and writes what it says as it comes.
    /// - Returns: the answer; nil when it was streamed.
    func run(_ exchange: any PendingAnswer) async throws -> HTTPResponse? {
        let queue = EventQueue(wantsProgress: wishes.progressToken != nil, severity: wishes.severity, limits: limits)
        let channel = EventChannel(queue)
        let listener = CallListener(
            wantsProgress: wishes.progressToken != nil,
            severity: wishes.severity,
            hear: channel.hear
        )
        return try await withThrowingTaskGroup(of: MethodAnswer.self) { group in
            group.addTask {
                let answer = await call(listener, channel.ask)
                channel.end()
                return answer
            }
            // What throws here is that the client is gone: leaving the group cancels the call and waits for it.
            let stream = try await relay(from: channel, to: exchange)
            guard let answer = try await group.next() else { return nil }
            return try await finish(answer, channel, stream, exchange)
        }
    }

    /// Writes events until the call is over or cancelled.
    /// - Returns: the stream; nil when there was nothing to write.
    private func relay(
        from channel: EventChannel,
        to exchange: any PendingAnswer
    ) async throws -> (any HTTPBodyWriter)? {
        var stream: (any HTTPBodyWriter)?
        var quietUntil = Instant.now.advanced(by: limits.keepAlive)
        while !Task.isCancelled {
            let now = Instant.now
            let bytes: [UInt8]
            switch channel.step(at: now) {
            case .end: return stream
            case .write(let events, let requests): bytes = written(events, requests)
            case .wait(let due) where now < quietUntil:
                await Self.pause(until: min(due ?? quietUntil, quietUntil), channel)
                continue
            case .wait: bytes = ServerSentEvents.keepAlive
            }
            let writer = try stream ?? exchange.open(ServerSentEvents.head)
            stream = writer
            try await writer.write(bytes)
            quietUntil = .now.advanced(by: limits.keepAlive)
        }
        return stream
    }

    private func finish(
        _ answer: MethodAnswer,
        _ channel: EventChannel,
        _ stream: (any HTTPBodyWriter)?,
        _ exchange: any PendingAnswer
    ) async throws -> HTTPResponse? {
        let message = message(answer)
        let (rest, requests) = message == nil ? ([], []) : channel.rest(at: .now)
        guard stream != nil || !rest.isEmpty || !requests.isEmpty else { return response(answer) }
        var bytes = written(rest, requests)
        if let message { ServerSentEvents.append(message, to: &bytes) }
        try await (stream ?? exchange.open(ServerSentEvents.head)).write(bytes)
        return nil
    }

    private func written(_ events: [CallEvent], _ requests: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for event in events {
            guard let json = encoder.notification(of: event, progressToken: wishes.progressToken) else { continue }
            ServerSentEvents.append(json, to: &bytes)
        }
        for request in requests { ServerSentEvents.append(request, to: &bytes) }
        return bytes
    }

    /// Waits for something new, but not for ever.
    private static func pause(until due: Instant, _ channel: EventChannel) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await channel.changed() }
            group.addTask { try? await Task.sleep(until: due, clock: .suspending) }
            await group.next()
            group.cancelAll()
        }
    }
}
