package import GatewayCore

/// A message broker, spoken to in STOMP over one connection that all calls share.
///
/// Nothing is connected before the first message, nor after a loss before the next one. Every message is counted by its
/// receipt: one that may have arrived and may not is told as such, never as lost and never as sent.
package final class MessageSource: DataSource {
    /// The name in the configuration.
    package let name: String
    private let destinations: [DestinationRule]
    private let connection: BrokerConnection

    package var kind: SourceKind { .message }

    /// A source; nothing is connected yet.
    package init(name: String, settings: MessageSettings) {
        self.name = name
        destinations = settings.destinations
        connection = BrokerConnection(settings, label: name)
    }

    /// Sends one message; with a receipt it returns when the broker has taken it, else when the system has.
    package func send(_ message: SourceMessage) async throws(SourceError) {
        try check(message.destination, message.headers)
        _ = try await connection.carryOut(.message(message)).get()
    }

    /// Sends one message with a private queue for the answer, as `reply-to`, and waits for what comes there.
    package func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        try check(exchange.destination, exchange.headers)
        guard let reply = try await connection.carryOut(.exchange(exchange)).get() else {
            throw .unanswered(detail: "no answer")
        }
        return reply
    }

    /// Ends what is under way and takes leave of the broker.
    package func close() async {
        await connection.close()
    }

    private func check(_ destination: String, _ headers: [MessageHeader]) throws(SourceError) {
        guard destinations.contains(where: { $0.allows(destination) }) else {
            let shown = destination.prefix(DestinationRule.longest)
            throw .invalid("The site does not let messages be sent to \"\(shown)\".")
        }
        for header in headers { try HeaderRules.check(header) }
    }
}
