import GatewayCore

/// An answer of the listener itself, after which it closes the connection.
struct Refusal: Error, Hashable {
    let status: Int
    /// One line for the client.
    let sentence: String
    var retryAfterSeconds: Int?

    /// The answer to send.
    var response: HTTPResponse {
        var headers = [HTTPField("Content-Type", "text/plain; charset=utf-8")]
        if let retryAfterSeconds {
            headers.append(HTTPField("Retry-After", String(retryAfterSeconds)))
        }
        return HTTPResponse(status: status, headers: headers, body: .bytes(Array((sentence + "\n").utf8)))
    }
}

extension Refusal {
    static let malformed = Refusal(status: 400, sentence: "The request is not valid HTTP/1.1.")
    static let ambiguousHost = Refusal(status: 400, sentence: "Send exactly one Host header.")
    static let wrongAuthority = Refusal(status: 400, sentence: "The request target and the Host header differ.")
    static let ambiguousLength = Refusal(
        status: 400,
        sentence: "Send either one Content-Length header or Transfer-Encoding: chunked, not both."
    )
    static let unknownTransferCoding = Refusal(
        status: 400,
        sentence: "The only transfer coding accepted is exactly chunked, in HTTP/1.1."
    )
    static let timeout = Refusal(status: 408, sentence: "The request took too long to arrive.")
    static let unknownExpectation = Refusal(status: 417, sentence: "The only expectation accepted is 100-continue.")
    static let headersTooLarge = Refusal(status: 431, sentence: "The request target and header fields are too large.")
    static let tunnel = Refusal(status: 501, sentence: "CONNECT is not supported.")
    static let overloaded = Refusal(
        status: 503,
        sentence: "Too many connections are open. Try again later.",
        retryAfterSeconds: 1
    )
    static let tooManyPipelined = Refusal(
        status: 503,
        sentence: "Too many requests were sent without waiting for an answer.",
        retryAfterSeconds: 1
    )

    static func bodyTooLarge(maximumBytes: Int) -> Refusal {
        Refusal(status: 413, sentence: "The request body is larger than \(maximumBytes) bytes.")
    }
}
