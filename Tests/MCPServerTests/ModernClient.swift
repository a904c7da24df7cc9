import HTTPServer
import JSON

/// A client of 2026-07-28 that answers what it is asked.
struct ModernClient {
    static let everything: JSONValue = [
        "elicitation": ["form": [:], "url": [:]], "sampling": [:], "roots": [:],
    ]

    let gateway: Gateway
    var capabilities = everything
    var token = "alice"
    var path = "/mcp"

    /// Sends one request; the answers and the state are those of an earlier result.
    func send(
        method: String,
        _ name: String,
        _ arguments: JSONValue? = nil,
        answers: JSONValue? = nil,
        state: JSONValue? = nil
    ) async throws -> HTTPResponse {
        var parameters = JSONObject()
        parameters["name"] = .string(name)
        if let arguments { parameters["arguments"] = arguments }
        if let answers { parameters["inputResponses"] = answers }
        if let state { parameters["requestState"] = state }
        parameters["_meta"] = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": capabilities,
        ]
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(parameters),
        ]
        return try await gateway.send(
            String(decoding: message.serialized, as: UTF8.self),
            path: path,
            [
                "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": method, "Mcp-Name": name,
                "Accept": "application/json, text/event-stream", "Authorization": "Bearer \(token)",
            ]
        )
    }

    /// The same, and the result.
    func result(
        method: String,
        _ name: String,
        _ arguments: JSONValue? = nil,
        answers: JSONValue? = nil,
        state: JSONValue? = nil
    ) async throws -> JSONValue? {
        try await send(method: method, name, arguments, answers: answers, state: state).json?["result"]
    }
}

/// What a user writes into a form with one text.
func accepted(_ text: String) -> JSONValue { ["action": "accept", "content": ["text": .string(text)]] }

/// What a user answers who is asked for agreement.
func agreed(_ yes: Bool = true) -> JSONValue { ["action": "accept", "content": ["approve": .bool(yes)]] }
