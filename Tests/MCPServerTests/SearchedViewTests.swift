import GatewayCore
import HTTPServer
import JSON
import MCPServer
import Testing

/// Views whose tools are not listed, as clients of either era meet them.
@Suite("Searched views")
struct SearchedViewTests {
    /// How a client speaks.
    enum Client: CaseIterable {
        case modern
        case session
    }

    private let gateway = Gateway(views: [
        View(path: "/search", namespaces: nil, isPrefixed: true, allowsAnonymous: true, listing: .search),
        View(path: "/search/epic", namespaces: ["epic"], isPrefixed: false, listing: .search),
    ])

    private func send(
        _ method: String,
        _ client: Client,
        _ parameters: JSONObject = JSONObject(),
        path: String = "/search",
        _ fields: [String: String] = [:]
    ) async throws -> HTTPResponse {
        var parameters = parameters
        var fields = fields
        switch client {
        case .modern:
            parameters["_meta"] = [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": [:],
            ]
            fields["MCP-Protocol-Version"] = "2026-07-28"
            fields["Mcp-Method"] = method
            if let name = parameters["name"]?.string { fields["Mcp-Name"] = name }
        case .session:
            let begin = #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#
            let response = try await gateway.send(begin, path: path, fields)
            let session: String = try #require(response.field("Mcp-Session-Id"))
            fields["Mcp-Session-Id"] = session
            fields["MCP-Protocol-Version"] = "2025-11-25"
        }
        let body: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(parameters)]
        return try await gateway.send(String(decoding: body.serialized, as: UTF8.self), path: path, fields)
    }

    private func call(
        _ tool: String,
        _ arguments: JSONValue,
        _ client: Client,
        path: String = "/search",
        _ fields: [String: String] = [:]
    ) async throws -> HTTPResponse {
        var parameters = JSONObject()
        parameters["name"] = .string(tool)
        parameters["arguments"] = arguments
        return try await send("tools/call", client, parameters, path: path, fields)
    }

    private func found(_ response: HTTPResponse) -> [String] {
        response.json?["result"]?["structuredContent"]?["items"]?.array?.compactMap { $0["name"]?.string } ?? []
    }

    @Test(arguments: Client.allCases)
    func `find, describe and call lead to a tool's own answer`(client: Client) async throws {
        let list = try await send("tools/list", client)
        #expect(
            list.json?["result"]?["tools"]?.array?.compactMap { $0["name"]?.string }
                == [
                    "beamline_find_tools", "beamline_describe_tool", "beamline_call_tool", "beamline_route_question",
                ]
        )
        let names = found(try await call("beamline_find_tools", ["query": "jobs of epic"], client))
        #expect(names.first == "epic_jobs")
        let described = try await call("beamline_describe_tool", ["name": "epic_jobs"], client)
        let definition = described.json?["result"]?["structuredContent"]
        #expect(definition?["inputSchema"]?["properties"]?["site"] != nil)
        let inner: JSONValue = ["name": "epic_jobs", "arguments": ["site": "BNL"]]
        let wrapped = try await call("beamline_call_tool", inner, client)
        let direct = try await call("epic_jobs", ["site": "BNL"], client)
        #expect(wrapped.content == direct.content)
        #expect(wrapped.json?["result"]?["structuredContent"]?["received"]?["site"] == "BNL")
        #expect(
            gateway.audit.events.map { $0.item?.outsideName }
                == ["beamline_find_tools", "beamline_describe_tool", "epic_jobs", "epic_jobs"]
        )
    }

    @Test(arguments: Client.allCases)
    func `names are those of the view`(client: Client) async throws {
        let path = "/search/epic"
        #expect(found(try await call("beamline_find_tools", ["query": "jobs"], client, path: path)) == ["jobs"])
        let wrapped = try await call("beamline_call_tool", ["name": "jobs"], client, path: path)
        #expect(wrapped.json?["result"]?["isError"] == false)
        #expect(try await call("jobs", [:], client, path: path).content == wrapped.content)
    }

    @Test(arguments: Client.allCases, ["epic_secret", "epic_nothing"])
    func `what is hidden is like what is not there`(client: Client, name: String) async throws {
        #expect(!found(try await call("beamline_find_tools", ["query": "secret"], client)).contains("epic_secret"))
        let described = try await call("beamline_describe_tool", ["name": .string(name)], client)
        #expect(described.json?["result"]?["structuredContent"]?["error"]?["code"] == "not_found")
        #expect(!String(decoding: described.content, as: UTF8.self).contains(name))
        let wrapped = try await call("beamline_call_tool", ["name": .string(name)], client)
        #expect(wrapped.json?["error"]?["code"] == -32602)
        #expect(try await call(name, [:], client).content == wrapped.content)
    }

    @Test(arguments: Client.allCases)
    func `an anonymous caller finds the public tools and no others`(client: Client) async throws {
        let anonymous = ["Authorization": ""]
        let query: JSONValue = ["query": "jobs count link numbers secret"]
        let everything = found(try await call("beamline_find_tools", query, client))
        #expect(everything.contains("epic_count"))
        let names = found(try await call("beamline_find_tools", query, client, anonymous))
        #expect(Set(names) == ["atlas_jobs", "epic_jobs"])
        let described = try await call("beamline_describe_tool", ["name": "epic_count"], client, anonymous)
        #expect(described.json?["result"]?["isError"] == true)
        let wrapped = try await call("beamline_call_tool", ["name": "epic_count"], client, anonymous)
        #expect(wrapped.json?["error"]?["code"] == -32602)
    }

    @Test func `a call inside a call that needs a better token is challenged for it`() async throws {
        let response = try await call("beamline_call_tool", ["name": "epic_scoped"], .modern)
        #expect(response.status == 403)
        #expect(response.field("WWW-Authenticate")?.contains("epic:write") == true)
    }

    @Test func `the instructions say how tools are found`() async throws {
        let searched = try await send("server/discover", .modern)
        let instructions = try #require(searched.json?["result"]?["instructions"]?.string)
        for name in ["beamline_find_tools", "beamline_describe_tool", "beamline_call_tool", "epic"] {
            #expect(instructions.contains(name))
        }
        let listed = try await send("server/discover", .modern, path: "/mcp")
        #expect(listed.json?["result"]?["instructions"]?.string?.contains("beamline_") == false)
    }
}
