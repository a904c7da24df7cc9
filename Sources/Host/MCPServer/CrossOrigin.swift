import GatewayCore
import HTTPServer
import MCPModel

/// What lets web pages of accepted origins speak to the endpoint (Fetch standard, "CORS protocol").
enum CrossOrigin {
    private static let methods = "POST, DELETE, OPTIONS"
    private static let requestFields = [
        "Authorization", "Content-Type", "Accept", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id",
    ]
    /// How long a browser may keep the permission, in seconds.
    private static let maximumAge = 600

    /// The answer to `OPTIONS`.
    ///
    /// The origin was accepted before.
    static func preflight(_ request: HTTPRequest) -> HTTPResponse {
        let wanted = request.headers.first("Access-Control-Request-Headers") ?? ""
        let parameters = wanted.split(separator: ",")
            .map { String($0.filter { $0 != " " && $0 != "\t" }) }
            .filter(isParameterField)
        let fields = [
            HTTPField("Allow", methods),
            HTTPField("Access-Control-Allow-Methods", methods),
            HTTPField("Access-Control-Allow-Headers", (requestFields + parameters).joined(separator: ", ")),
            HTTPField("Access-Control-Max-Age", String(maximumAge)),
        ]
        return HTTPResponse(status: 204, headers: fields)
    }

    /// Browsers take no pattern for names, so those asked for are repeated if they are names of that kind.
    private static func isParameterField(_ name: String) -> Bool {
        let prefix = HeaderParameter.fieldPrefix
        return name.lowercased().hasPrefix(prefix.lowercased())
            && HeaderParameter.isToken(String(name.dropFirst(prefix.count)))
    }

    /// Adds what a browser needs to hand the answer to the page.
    static func open(_ response: HTTPResponse, to request: HTTPRequest) -> HTTPResponse {
        guard let origin = request.headers.first("Origin") else { return response }
        var response = response
        response.headers += [
            HTTPField("Access-Control-Allow-Origin", origin),
            HTTPField("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate"),
            HTTPField("Vary", "Origin"),
        ]
        return response
    }
}
