import GatewayCore
import HTTPServer

extension HTTPResponse {
    /// One sentence for people, when there is no message to answer.
    static func text(_ status: Int, _ sentence: String, _ headers: [HTTPField] = []) -> HTTPResponse {
        let fields = [
            HTTPField("Content-Type", "text/plain; charset=utf-8"),
            HTTPField("Cache-Control", "no-store"),
            HTTPField("X-Content-Type-Options", "nosniff"),
        ]
        return HTTPResponse(status: status, headers: fields + headers, body: .bytes(Array((sentence + "\n").utf8)))
    }

    /// One or more JSON-RPC messages.
    static func message(_ bytes: [UInt8], status: Int = 200, _ headers: [HTTPField] = []) -> HTTPResponse {
        let fields = [
            HTTPField("Content-Type", "application/json"),
            HTTPField("Cache-Control", "no-store"),
            HTTPField("X-Content-Type-Options", "nosniff"),
        ]
        return HTTPResponse(status: status, headers: fields + headers, body: .bytes(bytes))
    }

    /// Nothing to say; the message was taken.
    static let accepted = HTTPResponse(status: 202, headers: [HTTPField("Cache-Control", "no-store")])
}
