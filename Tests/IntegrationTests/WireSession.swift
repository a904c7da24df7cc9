import JSON
import TestSupport

/// A session of revision 2025-11-25, message by message.
struct WireSession: Sendable {
    let gateway: GatewayProcess
    let id: String
    let token: String

    /// Sends `initialize` and what follows it.
    static func begin(_ gateway: GatewayProcess, token: String) async throws -> WireSession {
        let opening = WireSession(gateway: gateway, id: "", token: token)
        let answer = try await opening.send(
            "initialize",
            ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "test", "version": "1"]]
        )
        guard let id = answer.field("Mcp-Session-Id") else { throw SetupFailure("There is no session: \(answer)") }
        let session = WireSession(gateway: gateway, id: id, token: token)
        _ = try await session.send("notifications/initialized", nil, id: nil)
        return session
    }

    /// A message of the session; without an id a notification.
    func request(_ method: String, _ parameters: JSONValue?, id requestID: JSONValue? = 1) -> WireRequest {
        var message = JSONObject([("jsonrpc", "2.0"), ("method", .string(method))])
        message["id"] = requestID
        message["params"] = parameters
        var fields = [
            "Content-Type: application/json", "Accept: application/json, text/event-stream",
            "Authorization: Bearer \(token)",
        ]
        if !id.isEmpty { fields += ["Mcp-Session-Id: \(id)", "MCP-Protocol-Version: 2025-11-25"] }
        return WireRequest("POST", "/mcp", fields, body: JSONValue.object(message).serialized)
    }

    /// Sends a message on a connection of its own.
    func send(_ method: String, _ parameters: JSONValue?, id requestID: JSONValue? = 1) async throws -> WireAnswer {
        try await gateway.exchange(request(method, parameters, id: requestID))
    }
}
