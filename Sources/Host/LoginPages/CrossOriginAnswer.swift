import GatewayCore
import HTTPServer

/// Lets clients that live in a web page use the endpoints that go by no cookie (Fetch standard, "CORS protocol").
enum CrossOriginAnswer {
    static let fields = [
        HTTPField("Access-Control-Allow-Origin", "*"),
        HTTPField("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After"),
    ]

    static func preflight(_ route: AuthorizationRoute) -> HTTPResponse {
        let methods = (route.methods + ["OPTIONS"]).joined(separator: ", ")
        return open(
            HTTPResponse(
                status: 204,
                headers: [
                    HTTPField("Allow", methods), HTTPField("Access-Control-Allow-Methods", methods),
                    HTTPField("Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version"),
                    HTTPField("Access-Control-Max-Age", "600"),
                ]
            )
        )
    }

    static func open(_ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers += fields
        return response
    }
}
