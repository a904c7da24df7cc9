package import GatewayCore

/// A request that passed the egress policy and every check of its parts; what is left is to send it.
package struct PreparedRequest: Sendable {
    package let method: String
    package let url: RequestURL
    /// `Name: value` lines as libcurl takes them.
    package let headerLines: [String]
    package let body: [UInt8]?
    package let maximumBytes: Int
    package let truncates: Bool
    package let deadline: Deadline
    package let requiresPublicAddress: Bool

    /// Checks the request.
    /// - Throws: `FetchError.refused` that says what is not acceptable.
    package init(_ request: FetchRequest, policy: EgressPolicy) throws(FetchError) {
        do {
            url = try RequestURL(request.url)
        } catch {
            throw .refused(error.description)
        }
        guard policy.allows(url.origin) else {
            throw .refused("\(url.origin) is not among the allowed origins; name it in the configuration to allow it")
        }
        guard Self.methods.contains(request.method) else {
            throw .refused("the method must be one of \(Self.methods.sorted().joined(separator: ", "))")
        }
        guard request.body == nil || !Self.bodyless.contains(request.method) else {
            throw .refused("a \(request.method) request takes no body")
        }
        method = request.method
        body = request.body
        maximumBytes = max(0, request.maximumBytes)
        truncates = request.truncates
        deadline = request.deadline
        requiresPublicAddress = policy.requiresPublicAddresses(url.origin)
        headerLines = try Self.lines(of: request.headers)
    }

    private static let methods: Set = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    private static let bodyless: Set = ["GET", "HEAD"]

    /// Fields that frame the message or belong to the connection (RFC 9110, 7.6.1), and `Accept-Encoding`.
    ///
    /// Nothing is ever decompressed, so that no small answer can grow past its cap.
    private static let reserved: Set = [
        "accept-encoding", "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private static func lines(of headers: [HTTPField]) throws(FetchError) -> [String] {
        // libcurl would add these two by itself.
        var lines = ["Expect:"]
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
        for field in headers {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw .refused("a header field's name must be a token (RFC 9110, 5.6.2)")
            }
            guard !reserved.contains(field.name.lowercased()) else {
                throw .refused("the header field \(field.name) is set by the client itself")
            }
            guard field.value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                throw .refused("the value of the header field \(field.name) holds a control character")
            }
            let isBlank = field.value.utf8.allSatisfy { $0 == 0x09 || $0 == 0x20 }
            // With a semicolon libcurl sends the field without a value; with a colon it would drop it.
            lines.append(isBlank ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        return lines
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
