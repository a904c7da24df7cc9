import GatewayCore
import HTTPServer

/// Answers for the protected resource metadata (RFC 9728 section 3): to anyone, from any page.
struct WellKnownDocument: Sendable {
    static let path = "/.well-known/oauth-protected-resource"
    /// How long the document may be kept, in seconds.
    private static let maximumAge = 300
    private static let methods = "GET, HEAD, OPTIONS"

    private let bytes: [UInt8]

    init(_ metadata: ProtectedResourceMetadata) {
        bytes = metadata.bytes
    }

    func answer(to request: HTTPRequest) -> HTTPResponse {
        let open = [
            HTTPField("Access-Control-Allow-Origin", "*"),
            HTTPField("X-Content-Type-Options", "nosniff"),
        ]
        switch request.method {
        case "GET", "HEAD":
            let fields = [
                HTTPField("Content-Type", "application/json"),
                HTTPField("Cache-Control", "public, max-age=\(Self.maximumAge)"),
            ]
            return HTTPResponse(status: 200, headers: fields + open, body: .bytes(bytes))
        case "OPTIONS":
            let fields = [
                HTTPField("Allow", Self.methods),
                HTTPField("Access-Control-Allow-Methods", Self.methods),
                HTTPField("Access-Control-Allow-Headers", "MCP-Protocol-Version"),
            ]
            return HTTPResponse(status: 204, headers: fields + open)
        default:
            return .text(405, "Only GET, HEAD and OPTIONS are served here.", [HTTPField("Allow", Self.methods)] + open)
        }
    }
}
