/// A complete request, body included.
package struct HTTPRequest: Sendable {
    /// The method as sent, such as `POST`; methods are case-sensitive.
    package let method: String
    /// The path as sent, still percent-encoded and without the query.
    package let path: String
    /// What follows the first `?` of the target, as sent; nil without a `?`.
    package let query: String?
    package let headers: HTTPHeaderFields
    /// The content, chunked coding already removed; trailer fields are dropped.
    package let body: [UInt8]
    /// The peer's IP address without port, for logs; nil when unknown.
    package let remoteAddress: String?
    /// The path of the Unix socket that it came by; nil for one over TCP.
    package let socketPath: String?

    package init(
        method: String,
        path: String,
        query: String? = nil,
        headers: HTTPHeaderFields = HTTPHeaderFields([]),
        body: [UInt8] = [],
        remoteAddress: String? = nil,
        socketPath: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.socketPath = socketPath
    }
}
