/// An HTTP/1.1 request, sent exactly as written here.
package struct WireRequest: Sendable {
    package var method: String
    package var path: String
    /// The field lines besides `Host`, `Connection` and `Content-Length`, such as `Accept: text/plain`.
    package var fields: [String]
    /// What `Host` says; nil for the address that is asked.
    package var host: String?
    package var body: [UInt8]
    /// Whether the connection shall stay open.
    package var keepsAlive = false

    package init(_ method: String, _ path: String, _ fields: [String] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.fields = fields
        self.body = body
    }

    package func bytes(port: Int) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"] + fields
        if !keepsAlive { lines.append("Connection: close") }
        if !body.isEmpty || method == "POST" { lines.append("Content-Length: \(body.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }
}
