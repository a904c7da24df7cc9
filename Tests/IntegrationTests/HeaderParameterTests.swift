import JSON
import PluginFixtures
import TestSupport
import Testing

/// Arguments that clients repeat in header fields.
@Suite("Parameters in header fields")
struct HeaderParameterTests {
    private static let arguments: JSONValue = ["site": "Orsay – é", "page": ["size": 42]]

    private static func settings(listing: String = "all") async throws -> SiteSettings {
        var settings = SiteSettings()
        settings.libraries = ["fixture": try await FixtureLibrary.shared.path(of: "header_parameters")]
        settings.listing = listing
        return settings
    }

    @Test func `the fields are compared with the arguments, and an odd tool is left out with the reason`() async throws
    {
        try await GatewayProcess.with(Self.settings()) { gateway in
            let token = try await gateway.token(roles: ["fixture.user"])
            #expect(try await gateway.toolNames(token: token) == ["fixture_act", "beamline_verify_provenance"])
            #expect(gateway.log.contains("/properties/share: x-mcp-header needs"))

            var message = gateway.callMessage("fixture_act", Self.arguments, token: token)
            let missing = try await gateway.exchange(message)
            #expect(missing.status == 400)
            #expect(missing.json?["error"]?["code"] == -32020)
            message.fields += ["Mcp-Param-Site: =?base64?T3JzYXkg4oCTIMOp?=", "mcp-param-page-size: 42.0"]
            let answer = try await gateway.exchange(message)
            #expect(answer.status == 200)
            #expect(answer.json?["result"]?["structuredContent"] == Self.arguments)
            message.fields += ["Mcp-Param-Site: BNL"]
            #expect(try await gateway.exchange(message).status == 400)
        }
    }

    @Test func `a session's calls, and calls inside a call, need no fields`() async throws {
        try await GatewayProcess.with(Self.settings(listing: "search")) { gateway in
            let token = try await gateway.token(roles: ["fixture.user"])
            let session = try await WireSession.begin(gateway, token: token)
            let parameters: JSONValue = ["name": "fixture_act", "arguments": Self.arguments]
            let answer = try await session.send("tools/call", parameters)
            #expect(answer.json?["result"]?["structuredContent"] == Self.arguments)
            let inner = try await gateway.call("beamline_call_tool", parameters, token: token)
            #expect(inner["structuredContent"] == Self.arguments)
        }
    }

    @Test(
        .enabled(if: PythonClient.folder != nil, "Set BEAMLINE_MCP_CLIENTS to what scripts/mcp-clients installed."),
        arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "auto")]
    )
    func `an official client sends them as the schema says`(client: PythonClient, mode: String) async throws {
        try await GatewayProcess.with(Self.settings()) { gateway in
            let answer = try await client.ask(
                gateway.url,
                token: gateway.token(roles: ["fixture.user"]),
                calls: [("fixture_act", Self.arguments)],
                mode: mode
            )
            #expect(answer["tools"]?.array == ["fixture_act", "beamline_verify_provenance"])
            #expect(answer["results"]?["fixture_act"]?["structured"] == Self.arguments)
        }
    }
}
