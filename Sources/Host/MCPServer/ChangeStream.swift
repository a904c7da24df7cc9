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
    /// The first message; empty for none.
    let greeting: [UInt8]
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
        if !greeting.isEmpty { ServerSentEvents.append(greeting, to: &first) }
        // A head without anything after it may wait in a proxy.
        try await writer.write(first.isEmpty ? ServerSentEvents.keepAlive : first)
        let end = Instant.now.advanced(by: lifetime)
        while !Task.isCancelled {
            guard let changes = subscription.take(), Instant.now < end else {
                return try await finish(writer)
            }
            guard changes.isEmpty else {
                var bytes: [UInt8] = []
                for change in changes {
                    ServerSentEvents.append(encoder.notification(of: change, tag: tag), to: &bytes)
                }
                try await writer.write(bytes)
                continue
            }
            guard await isQuiet(until: end) else { continue }
            guard isAlive() else { return }
            try await writer.write(ServerSentEvents.keepAlive)
        }
    }

    private func finish(_ writer: any HTTPBodyWriter) async throws {
        guard let tag else { return }
        var last: [UInt8] = []
        ServerSentEvents.append(encoder.end(ofStream: tag), to: &last)
        try await writer.write(last)
    }

    /// Waits for a change.
    /// - Returns: whether there was none for so long that the client should hear something.
    private func isQuiet(until end: Instant) async -> Bool {
        let quiet = Instant.now.advanced(by: keepAlive)
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await subscription.changed()
                return false
            }
            group.addTask {
                (try? await Task.sleep(until: min(quiet, end), clock: .suspending)) != nil && quiet < end
            }
            let isQuiet = await group.next() ?? false
            group.cancelAll()
            return isQuiet
        }
    }
}
