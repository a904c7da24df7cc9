/// The one way out over HTTP; implemented by `OutboundHTTP`, with its allow list, address checks and caps.
package protocol HTTPFetch: Sendable {
    /// Sends one request and reads its answer, at most `maximumBytes` of it.
    ///
    /// Follows no redirect. Cancelling the task ends the transfer.
    /// - Throws: `FetchError`, whose text is for the operator only.
    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse
}

/// One outgoing request.
package struct FetchRequest: Sendable {
    package let method: String
    /// An absolute `http` or `https` URL, already percent-encoded.
    package let url: String
    package let headers: [HTTPField]
    package let body: [UInt8]?
    /// How much of the body to read; more is an error unless `truncates`.
    package let maximumBytes: Int
    /// Whether a body longer than `maximumBytes` is cut instead of refused.
    package let truncates: Bool
    package let deadline: Deadline

    package init(
        method: String = "GET",
        url: String,
        headers: [HTTPField] = [],
        body: [UInt8]? = nil,
        maximumBytes: Int,
        truncates: Bool = false,
        deadline: Deadline
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.maximumBytes = maximumBytes
        self.truncates = truncates
        self.deadline = deadline
    }
}

/// A header field; names compare without regard to case.
package struct HTTPField: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What came back.
package struct FetchResponse: Sendable {
    package let status: Int
    package let headers: [HTTPField]
    package let body: [UInt8]
    /// Whether the body was cut at `maximumBytes`.
    package let isTruncated: Bool

    package init(status: Int, headers: [HTTPField], body: [UInt8], isTruncated: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
    }

    /// The first value of a header field.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why nothing usable came back.
///
/// For the operator; never shown to a caller.
package enum FetchError: Error, Hashable, Sendable {
    /// The egress policy forbids this URL or the address behind it.
    case refused(String)
    /// Name resolution, connection, TLS or transfer failed.
    case unreachable(String)
    case timeout
    /// The body is longer than `maximumBytes`.
    case tooLarge
    case cancelled
}
