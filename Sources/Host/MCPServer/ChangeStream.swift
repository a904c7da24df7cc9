import GatewayCore
import HTTPServer
import MCPModel

/// A stream that tells of changes until the client goes, its token expires or the gateway ends.
struct ChangeStream: Sendable {
    typealias Instant = SuspendingClock.Instant

    let hub: SubscriptionHub
    let subscription: Subscription
    let encoder: MessageEncoder
    let keepAlive: Duration
    /// How long the stream may last: as long as the caller's token is good for.
    let lifetime: Duration
    /// What messages carry of the request that asked for them; nil in sessions.
    let tag: RequestIdentifier?
    /// Writes the first message, which may be long and is not kept; empty for none.
    let greeting: @Sendable () -> [UInt8]
    /// Whether the caller's token is still accepted; asked as often as the stream would be kept alive.
    let isStillKnown: @Sendable () async -> Bool
    /// Whether what the stream belongs to is still there; asked when nothing happens.
    var isAlive: @Sendable () -> Bool = { true }

    /// The stream as an answer.
    ///
    /// The subscription is in the hub already, so that nothing is missed between the greeting and the first change.
    var response: HTTPResponse {
        var response = ServerSentEvents.head
        response.body = .stream { writer in
            defer { hub.remove(subscription) }
            try await run(writer)
        }
        return response
    }

    private func run(_ writer: any HTTPBodyWriter) async throws {
        var first: [UInt8] = []
        let greeting = greeting()
        if !greeting.isEmpty { ServerSentEvents.append(greeting, to: &first) }
        // A head without anything after it may wait in a proxy.
        try await writer.write(first.isEmpty ? ServerSentEvents.keepAlive : first)
        let end = Instant.now.advanced(by: lifetime)
        let pulse = StreamPulse(every: keepAlive)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await pulse.run(until: end) { subscription.wake() } }
            defer { group.cancelAll() }
            try await tell(writer, pulse, until: end)
        }
    }

    private func tell(_ writer: any HTTPBodyWriter, _ pulse: StreamPulse, until end: Instant) async throws {
        var known = Instant.now
        while !Task.isCancelled {
            if Instant.now >= known.advanced(by: keepAlive) {
                guard await isStillKnown() else { return try await finish(writer) }
                known = .now
            }
            guard let changes = subscription.take(), Instant.now < end else {
                return try await finish(writer)
            }
            if !changes.isEmpty {
                var bytes: [UInt8] = []
                for change in changes {
                    ServerSentEvents.append(encoder.notification(of: change, tag: tag), to: &bytes)
                }
                try await writer.write(bytes)
            } else if pulse.isDue {
                guard isAlive() else { return }
                try await writer.write(ServerSentEvents.keepAlive)
            } else {
                await subscription.changed()
                continue
            }
            pulse.beat()
        }
    }

    private func finish(_ writer: any HTTPBodyWriter) async throws {
        guard let tag else { return }
        var last: [UInt8] = []
        ServerSentEvents.append(encoder.end(ofStream: tag), to: &last)
        try await writer.write(last)
    }
}
