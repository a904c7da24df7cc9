internal import GatewayCore

/// Which headers a plugin may give a message: those for its readers, none that steers the broker or the connection.
enum HeaderRules {
    private static let longest = 4096

    /// The headers of frames (STOMP 1.2), where an answer goes, and what makes ActiveMQ rebuild a body.
    private static let reserved: Set<String> = [
        "ack", "accept-version", "client-id", "content-length", "correlation-id", "destination", "heart-beat", "host",
        "id", "login", "message-id", "passcode", "receipt", "receipt-id", "reply-to", "selector", "server", "session",
        "subscription", "transaction", "transformation", "version",
    ]
    /// The brokers' own: delays, acknowledgements, subscriptions.
    private static let reservedStarts = ["activemq.", "amq_", "_amq", "jmsx", "x-"]

    static func check(_ header: MessageHeader) throws(SourceError) {
        let name = header.name.lowercased()
        guard (1...128).contains(name.utf8.count), name.utf8.allSatisfy(isOfName) else {
            throw .invalid("\"headers\" holds a name that is not made of letters, digits, `-`, `_` and `.`.")
        }
        guard !reserved.contains(name), !reservedStarts.contains(where: name.hasPrefix) else {
            throw .invalid("The header \"\(header.name)\" is set by the gateway alone.")
        }
        guard header.value.utf8.count <= longest, header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .invalid("The header \"\(header.name)\" is too long or holds a control character.")
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
