package import GatewayCore

/// What a handler answers.
package struct HTTPResponse: Sendable {
    /// The final status, 200 to 599.
    package var status: Int
    /// Sent in this order.
    ///
    /// The listener frames the message itself: `Content-Length`, `Transfer-Encoding` and `Connection` given here are
    /// not sent, but `Connection: close` closes the connection after the answer.
    package var headers: [HTTPField]
    package var body: HTTPResponseBody

    package init(status: Int, headers: [HTTPField] = [], body: HTTPResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension HTTPResponse {
    /// What is sent in place of an answer that would break the message format.
    static let unsendable = HTTPResponse(
        status: 500,
        headers: [HTTPField("Content-Type", "text/plain; charset=utf-8")],
        body: .bytes(Array("The server made an answer it cannot send.\n".utf8))
    )

    /// Whether the answer can be written without changing the structure of the message.
    var isSendable: Bool {
        (200...599).contains(status) && headers.allSatisfy { $0.name.isFieldName && $0.value.isFieldValue }
    }

    /// Whether the handler asks for the connection to be closed.
    var asksToClose: Bool {
        headers.contains { $0.name.equalsIgnoringASCIICase("connection") && $0.value.equalsIgnoringASCIICase("close") }
    }

    /// Whether a message of this status has content at all (RFC 9110, section 6.4.1).
    var mayHaveContent: Bool { status != 204 && status != 304 }
}

extension String {
    /// A token (RFC 9110, section 5.6.2).
    fileprivate var isFieldName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"),
                    UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
                    UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                    true
                default:
                    false
                }
            }
    }

    /// Without control characters but the tab (RFC 9110, section 5.5).
    fileprivate var isFieldValue: Bool {
        utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == UInt8(ascii: "\t") }
    }
}
