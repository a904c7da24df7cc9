import FoundationEssentials
import GatewayCore
import JSON
import OutboundHTTP

/// A small MCP client for people and scripts: stateless requests of revision 2026-07-28.
struct GatewayClient {
    private static let revision = "2026-07-28"
    private static let longestAnswer = 64 << 20

    private let url: String
    private let token: String?
    private let outbound: OutboundClient

    init(url: String, tokenFile: String?) throws {
        self.url = url
        token = try tokenFile.map(TokenFile.read)
        do {
            outbound = try OutboundClient(
                policy: EgressPolicy(rules: [EgressRule(url: url, allowsPrivateAddresses: true)])
            )
        } catch {
            throw CommandFailure.usage("--url: \(error)")
        }
    }

    func close() async {
        await outbound.shutdown()
    }

    /// Every tool the caller may see, page by page.
    func tools() async throws -> [JSONValue] {
        var tools: [JSONValue] = []
        var cursor: String?
        repeat {
            var parameters = JSONObject()
            parameters["cursor"] = cursor.map(JSONValue.string)
            let page = try await request("tools/list", name: nil, parameters)
            tools += page["tools"]?.array ?? []
            cursor = page["nextCursor"]?.string
        } while cursor != nil
        return tools
    }

    /// The result of a tool call, a tool's own error included.
    func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        var parameters = JSONObject()
        parameters["name"] = .string(tool)
        parameters["arguments"] = arguments
        return try await request("tools/call", name: tool, parameters)
    }

    private func request(_ method: String, name: String?, _ parameters: JSONObject) async throws -> JSONValue {
        var parameters = parameters
        parameters["_meta"] = [
            "io.modelcontextprotocol/protocolVersion": .string(Self.revision),
            "io.modelcontextprotocol/clientCapabilities": [:],
            "io.modelcontextprotocol/clientInfo": ["name": "beamline", "version": .string(Version.current)],
        ]
        let body: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(parameters)]
        var headers = [
            HTTPField("Content-Type", "application/json"), HTTPField("Accept", "application/json, text/event-stream"),
            HTTPField("MCP-Protocol-Version", Self.revision), HTTPField("Mcp-Method", method),
        ]
        if let name { headers.append(HTTPField("Mcp-Name", name)) }
        if let token { headers.append(HTTPField("Authorization", "Bearer \(token)")) }
        let response: FetchResponse
        do {
            response = try await outbound.fetch(
                FetchRequest(
                    method: "POST",
                    url: url,
                    headers: headers,
                    body: body.serialized,
                    maximumBytes: Self.longestAnswer,
                    deadline: .after(.seconds(150))
                )
            )
        } catch {
            throw CommandFailure.unreachable("\(url) cannot be reached: \(error)")
        }
        return try result(of: response)
    }

    private func result(of response: FetchResponse) throws -> JSONValue {
        switch response.status {
        case 401: throw CommandFailure.notInOrder("The gateway wants a valid access token; give one with --token-file.")
        case 403:
            let challenge = response.header("WWW-Authenticate") ?? ""
            throw CommandFailure.notInOrder("The gateway refuses: \(challenge)")
        default: break
        }
        guard let answer = try? JSONValue(parsing: response.body) else {
            throw CommandFailure.unreachable("\(url) answered with status \(response.status), but not in MCP.")
        }
        if let error = answer["error"] {
            throw CommandFailure.notInOrder(
                "\(error["message"]?.string ?? "The gateway refuses.") (\(error["code"]?.integer ?? 0))"
            )
        }
        return answer["result"] ?? [:]
    }
}
