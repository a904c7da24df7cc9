import GatewayCore
package import HTTPServer
package import MCPModel

extension ServerSentEvents {
    /// The head; proxies are told to pass each event on at once, and unchanged.
    package static let head = HTTPResponse(
        status: 200,
        headers: [
            HTTPField("Content-Type", "text/event-stream"),
            HTTPField("Cache-Control", "no-cache, no-transform"),
            HTTPField("X-Accel-Buffering", "no"),
            HTTPField("X-Content-Type-Options", "nosniff"),
        ]
    )
}
