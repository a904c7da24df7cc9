import JSON
import PluginFixtures
import TestSupport
import Testing

/// Tools with user interfaces (MCP Apps) and icons, through the real program.
@Suite("User interfaces and icons")
struct InterfaceTests {
    private static let security: JSONValue = [
        "ui": ["csp": ["connectDomains": ["https://data.example.org"]], "permissions": ["camera": [:]]]
    ]

    private static func with(_ body: (GatewayProcess, String) async throws -> Void) async throws {
        var settings = SiteSettings()
        settings.libraries = ["fixture": try await FixtureLibrary.shared.path(of: "offers_interface")]
        settings.furtherLines = "views: [{path: /searched, listing: search}]"
        try await GatewayProcess.with(settings) { gateway in
            try await body(gateway, gateway.token(roles: ["fixture.user"]))
        }
    }

    private static func result(
        _ gateway: GatewayProcess,
        _ method: String,
        _ parameters: [(String, JSONValue)] = [],
        name: String? = nil,
        token: String,
        path: String
    ) async throws -> JSONValue {
        let message = gateway.message(method, name: name, parameters, token: token, path: path)
        let answer = try await gateway.exchange(message)
        return try #require(answer.json?["result"], "\(answer)")
    }

    @Test(arguments: [
        ("/mcp", "fixture_", "ui://fixture/clock/view.html"), ("/mcp/fixture", "", "ui://clock/view.html"),
    ])
    func `a view names a tool, its interface and its results alike`(
        path: String,
        prefix: String,
        uri: String
    ) async throws {
        try await Self.with { gateway, token in
            let tools = try await Self.result(gateway, "tools/list", token: token, path: path)["tools"]
            let tool = tools?.array?.first
            #expect(tool?["name"]?.string == prefix + "act")
            #expect(tool?["_meta"]?["ui"]?["resourceUri"]?.string == uri)
            #expect(tool?["icons"] == [["src": "https://icons.example.org/act.png", "sizes": ["48x48"]]])

            let resources = try await Self.result(gateway, "resources/list", token: token, path: path)["resources"]
            #expect(resources?.array?.first?["uri"]?.string == uri)
            #expect(resources?.array?.first?["_meta"] == Self.security)
            let contents = try await Self.result(
                gateway,
                "resources/read",
                [("uri", .string(uri))],
                name: uri,
                token: token,
                path: path
            )["contents"]
            #expect(contents?.array?.first?["uri"]?.string == uri)
            #expect(contents?.array?.first?["_meta"] == Self.security)

            // What the interface calls, it calls by the name its host was given.
            let called = try await gateway.call(prefix + "act", [:], token: token, path: path)
            #expect(called["structuredContent"] == ["time": 12])
            #expect(called["content"]?.array?.first?["uri"]?.string == uri)
            #expect(called["_meta"]?["ui"]?["resourceUri"]?.string == uri)
        }
    }

    @Test func `the extension is announced to those who see such a tool`() async throws {
        try await Self.with { gateway, token in
            let guest = try await gateway.token(roles: ["fixture.guest"])
            let expected: JSONValue = ["io.modelcontextprotocol/ui": [:]]
            for (token, extensions) in [(token, Optional(expected)), (guest, .none)] {
                let result = try await Self.result(gateway, "server/discover", token: token, path: "/mcp")
                #expect(result["capabilities"]?["extensions"] == extensions)
            }
        }
    }

    @Test func `what is not listed is described with its interface, and so is what it answers`() async throws {
        try await Self.with { gateway, token in
            let uri: JSONValue = "ui://fixture/clock/view.html"
            let tool = "beamline_describe_tool"
            let described = try await gateway.call(tool, ["name": "fixture_act"], token: token, path: "/searched")
            #expect(described["structuredContent"]?["_meta"]?["ui"]?["resourceUri"] == uri)
            let inner: JSONValue = ["name": "fixture_act", "arguments": [:]]
            let called = try await gateway.call("beamline_call_tool", inner, token: token, path: "/searched")
            #expect(called["_meta"]?["ui"]?["resourceUri"] == uri)
        }
    }

    @Test(
        .enabled(if: PythonClient.folder != nil, "Set BEAMLINE_MCP_CLIENTS to what scripts/mcp-clients installed."),
        arguments: PythonClient.allCases
    )
    func `an official client reads all of it`(client: PythonClient) async throws {
        try await Self.with { gateway, token in
            let answer = try await client.ask(
                gateway.url,
                token: token,
                calls: [("fixture_act", [:])],
                reading: "ui://fixture/clock/view.html"
            )
            #expect(answer["tools"]?.array == ["fixture_act", "fixture_plain", "beamline_verify_provenance"])
            #expect(answer["results"]?["fixture_act"]?["structured"] == ["time": 12])
            #expect(answer["read"]?.array?.first?["uri"] == "ui://fixture/clock/view.html")
        }
    }

    @Test(arguments: [("2025-11-25", true, true), ("2025-06-18", false, true), ("2025-03-26", false, false)])
    func `older revisions are given what they know`(revision: String, hasIcons: Bool, hasMetadata: Bool) async throws {
        try await Self.with { gateway, token in
            func send(_ method: String, _ parameters: JSONValue, session: String? = nil) async throws -> WireAnswer {
                let body: JSONValue = [
                    "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters,
                ]
                let fields = [
                    "Content-Type: application/json", "Accept: application/json, text/event-stream",
                    "Authorization: Bearer \(token)",
                ]
                let further = session.map { ["Mcp-Session-Id: \($0)"] } ?? []
                return try await gateway.exchange(WireRequest("POST", "/mcp", fields + further, body: body.serialized))
            }
            let begun = try await send(
                "initialize",
                [
                    "protocolVersion": .string(revision), "capabilities": [:],
                    "clientInfo": ["name": "test", "version": "1"],
                ]
            )
            #expect((begun.json?["result"]?["capabilities"]?["extensions"] != nil) == hasIcons)
            let tools = try await send("tools/list", [:], session: begun.field("Mcp-Session-Id")).json?["result"]?[
                "tools"
            ]
            #expect(tools?.array?.count == 3)
            #expect((tools?.array?.first?["icons"] != nil) == hasIcons)
            #expect((tools?.array?.first?["_meta"] != nil) == hasMetadata)
        }
    }
}
