import HTTPServer
import LoginPages
import MCPServer

/// Everything the public listener serves: the authorization server where there is one, and the MCP endpoint.
struct FrontDoor: HTTPHandler {
    let authorization: AuthorizationEndpoints?
    let endpoint: Endpoint

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        if let answer = await authorization?.respond(to: request) { return answer }
        return await endpoint.respond(to: request)
    }
}
