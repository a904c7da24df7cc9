/// One frame: a command, headers in order, and a body.
package struct StompFrame: Hashable, Sendable {
    /// Such as `SEND`.
    package var command: String
    package var headers: [StompHeader]
    package var body: [UInt8]

    package init(_ command: String, _ headers: [StompHeader] = [], body: [UInt8] = []) {
        self.command = command
        self.headers = headers
        self.body = body
    }

    /// The value of a header; the first one counts when a name repeats (STOMP 1.2, "Repeated Header Entries").
    package subscript(name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// A header of a frame; names are compared exactly.
package struct StompHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
