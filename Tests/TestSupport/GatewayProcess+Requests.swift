package import JSON

extension GatewayProcess {
    /// The header fields of a stateless request besides the token.
    package static func fields(_ method: String, name: String? = nil) -> [String] {
        let usual = [
            "Content-Type: application/json", "Accept: application/json, text/event-stream",
            "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: \(method)",
        ]
        return usual + (name.map { ["Mcp-Name: \($0)"] } ?? [])
    }

    /// Sends one request on a connection of its own.
    package func exchange(_ request: WireRequest) async throws -> WireAnswer {
        try await WireConnection(port: port).exchange(request.bytes(port: port))
    }

    /// Sends a request on a connection that is open.
    package func exchange(_ request: WireRequest, on connection: WireConnection) async throws -> WireAnswer {
        try await connection.exchange(request.bytes(port: port))
    }

    /// A request of revision 2026-07-28.
    package func message(
        _ method: String,
        name: String? = nil,
        _ parameters: [(String, JSONValue)] = [],
        metadata: [(String, JSONValue)] = [],
        token: String?,
        path: String = "/mcp"
    ) -> WireRequest {
        let usual: [(String, JSONValue)] = [
            ("io.modelcontextprotocol/protocolVersion", "2026-07-28"),
            ("io.modelcontextprotocol/clientCapabilities", [:]),
        ]
        let members = parameters + [("_meta", .object(JSONObject(usual + metadata)))]
        let body: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(JSONObject(members)),
        ]
        let authorization = token.map { ["Authorization: Bearer \($0)"] } ?? []
        return WireRequest("POST", path, Self.fields(method, name: name) + authorization, body: body.serialized)
    }

    /// A `tools/call`.
    package func callMessage(
        _ tool: String,
        _ arguments: JSONValue,
        token: String?,
        path: String = "/mcp"
    ) -> WireRequest {
        message(
            "tools/call",
            name: tool,
            [("name", .string(tool)), ("arguments", arguments)],
            token: token,
            path: path
        )
    }

    /// The result of a tool call, a tool's own error included.
    package func call(
        _ tool: String,
        _ arguments: JSONValue,
        token: String,
        path: String = "/mcp"
    ) async throws -> JSONValue {
        let answer = try await exchange(callMessage(tool, arguments, token: token, path: path))
        guard answer.status == 200, let result = answer.json?["result"] else {
            throw SetupFailure("\(tool) has no result: \(answer)\n\(log)")
        }
        return result
    }

    /// The names of the plugins' tools a token shows: not of those that the gateway has in every view.
    package func pluginToolNames(token: String, path: String = "/mcp") async throws -> [String] {
        try await toolNames(token: token, path: path).filter { !$0.hasPrefix("beamline_") }
    }

    /// The names of all tools a token shows.
    package func toolNames(token: String, path: String = "/mcp") async throws -> [String] {
        var names: [String] = []
        var cursor: JSONValue?
        repeat {
            let parameters = cursor.map { [("cursor", $0)] } ?? []
            let answer = try await exchange(message("tools/list", parameters, token: token, path: path))
            guard let result = answer.json?["result"] else {
                throw SetupFailure("There is no list of tools: \(answer)\n\(log)")
            }
            names += result["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
            cursor = result["nextCursor"]
        } while cursor != nil
        return names
    }
}

extension JSONObject {
    /// An object with these members, in this order.
    package init(_ members: [(String, JSONValue)]) {
        self.init(members: members.map { Member(name: $0.0, value: $0.1) })
    }
}
