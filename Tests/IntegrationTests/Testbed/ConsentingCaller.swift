import JSON
import TestSupport

/// A person behind a client of 2026-07-28 who agrees to what is asked.
struct ConsentingCaller: Sendable {
    let gateway: GatewayProcess
    let token: String

    /// The result of a call, after the question of consent where there is one.
    func call(_ tool: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        let asked = try await send(tool, arguments, [])
        guard let state = asked["requestState"], asked["inputRequests"]?["beamline_consent"] != nil else {
            return asked
        }
        let answer: JSONValue = ["beamline_consent": ["action": "accept", "content": ["approve": true]]]
        return try await send(tool, arguments, [("inputResponses", answer), ("requestState", state)])
    }

    /// The result of a call that is not agreed to beforehand.
    func send(_ tool: String, _ arguments: JSONValue, _ further: [(String, JSONValue)]) async throws -> JSONValue {
        let metadata: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": ["elicitation": ["form": [:]]],
        ]
        let members = [("name", .string(tool)), ("arguments", arguments)] + further + [("_meta", metadata)]
        let body: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": .object(JSONObject(members)),
        ]
        let request = WireRequest(
            "POST",
            "/mcp/epic",
            GatewayProcess.fields("tools/call", name: tool) + ["Authorization: Bearer \(token)"],
            body: body.serialized
        )
        let answer = try await gateway.exchange(request)
        guard let result = answer.json?["result"] else { throw SetupFailure("\(tool): \(answer)\n\(gateway.log)") }
        return result
    }
}
