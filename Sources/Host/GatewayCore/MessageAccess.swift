/// A header of a message; names are compared exactly.
package struct MessageHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One message to a destination of a message source.
package struct SourceMessage: Sendable {
    /// In the broker's words, such as `/queue/jobs`.
    package let destination: String
    package let headers: [MessageHeader]
    package let body: [UInt8]
    /// Whether the broker confirms that it has taken the message; without, a message that is lost is not missed.
    package let wantsReceipt: Bool
    package let deadline: Deadline
    /// Whose plugin asks, so that a source serves several in turn; empty for the gateway itself.
    package let namespace: String

    package init(
        destination: String,
        headers: [MessageHeader] = [],
        body: [UInt8],
        wantsReceipt: Bool = true,
        deadline: Deadline,
        namespace: String = ""
    ) {
        self.destination = destination
        self.headers = headers
        self.body = body
        self.wantsReceipt = wantsReceipt
        self.deadline = deadline
        self.namespace = namespace
    }
}

/// One message that somebody answers on a private queue.
package struct SourceExchange: Sendable {
    /// In the broker's words, such as `/queue/jobs`.
    package let destination: String
    package let headers: [MessageHeader]
    /// Makes the body when the queue for the answer is known: some programs look for its name there.
    package let body: @Sendable (_ replyTo: String) -> [UInt8]
    /// A longer answer is an error.
    package let maximumBytes: Int
    package let deadline: Deadline
    /// Whose plugin asks, so that a source serves several in turn; empty for the gateway itself.
    package let namespace: String

    package init(
        destination: String,
        headers: [MessageHeader] = [],
        maximumBytes: Int,
        deadline: Deadline,
        namespace: String = "",
        body: @escaping @Sendable (_ replyTo: String) -> [UInt8]
    ) {
        self.destination = destination
        self.headers = headers
        self.body = body
        self.maximumBytes = maximumBytes
        self.deadline = deadline
        self.namespace = namespace
    }
}

/// The message that answered another.
package struct MessageReply: Hashable, Sendable {
    package let headers: [MessageHeader]
    package let body: [UInt8]

    package init(headers: [MessageHeader], body: [UInt8]) {
        self.headers = headers
        self.body = body
    }
}
