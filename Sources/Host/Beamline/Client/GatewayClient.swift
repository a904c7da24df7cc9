import ClientLogin
import FoundationEssentials
import GatewayCore
import JSON
import OutboundHTTP

/// A small MCP client for people and scripts: stateless requests of revision 2026-07-28.
struct GatewayClient {
    private static let revision = "2026-07-28"
    private static let longestAnswer = 64 << 20

    /// What the client shows the gateway.
    enum Credential {
        case token(String)
        /// The person's login at the URL, where there is one.
        case login(LoginCredential)
    }

    private let url: String
    private let credential: Credential
    private let outbound: OutboundClient

    init(url: String, credential: Credential) throws {
        self.url = url
        self.credential = credential
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
        var token: String?
        switch credential {
        case .token(let text): token = text
        case .login(let login): token = try await login.token()
        }
        var response = try await send(method, name, body, token)
        // It may have been revoked here only: a login is renewed once.
        if response.status == 401, case .login(let login) = credential, let former = token,
            let renewed = try await login.token(refused: former)
        {
            token = renewed
            response = try await send(method, name, body, renewed)
        }
        return try result(of: response, isKnown: token != nil)
    }

    private func send(
        _ method: String,
        _ name: String?,
        _ body: JSONValue,
        _ token: String?
    ) async throws -> FetchResponse {
        var headers = [
            HTTPField("Content-Type", "application/json"), HTTPField("Accept", "application/json, text/event-stream"),
            HTTPField("MCP-Protocol-Version", Self.revision), HTTPField("Mcp-Method", method),
        ]
        if let name { headers.append(HTTPField("Mcp-Name", name)) }
        if let token { headers.append(HTTPField("Authorization", "Bearer \(token)")) }
        do {
            return try await outbound.fetch(
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
    }

    private func result(of response: FetchResponse, isKnown: Bool) throws -> JSONValue {
        switch response.status {
        case 401:
            let hint = isKnown ? "Log in again" : "Log in"
            throw CommandFailure.notInOrder(
                "The gateway wants a valid access token. \(hint) with `beamline login --url \(url)`, or give one with --token-file."
            )
        case 403:
            let challenge = response.header("WWW-Authenticate") ?? ""
            guard let scope = ChallengeParameters.read(challenge)["scope"] else {
                throw CommandFailure.notInOrder("The gateway refuses: \(challenge)")
            }
            let options = scope.split(separator: " ").map { " --scope \($0)" }.joined()
            throw CommandFailure.notInOrder(
                "The call needs the scopes \(scope). Get them with: beamline login --url \(url)\(options)"
            )
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
