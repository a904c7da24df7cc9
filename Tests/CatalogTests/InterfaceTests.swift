import Catalog
import GatewayCore
import JSON
import MCPModel
import Testing

/// Tools with user interfaces (MCP Apps).
@Suite("User interfaces of tools")
struct InterfaceTests {
    private static func tool(_ name: String, _ meta: JSONValue?) -> ToolDescription {
        ToolDescription(localName: name, description: "Shows the clock.", inputSchema: ["type": "object"], meta: meta)
    }

    private static let meta: JSONValue = [
        "org.epic/a": ["resourceUri": "ui://other"], "ui": ["visibility": ["app"], "resourceUri": "ui://clock"],
        "ui/resourceUri": "ui://clock",
    ]

    private let catalog = Catalog(
        CatalogSnapshot([contribution("epic", [tool("clock", meta), tool("shown", nil)])]),
        policy: RolePolicy()
    )
    private let user = Principal(issuer: "i", subject: "u", roles: ["clock", "shown"])

    private func definition(in view: View, _ form: ToolForm = .full) throws -> JSONValue? {
        let page = try catalog.tools(in: view, for: user, form: form, after: nil)
        return try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8)).array?.first
    }

    @Test func `their addresses are those of the view, and all else is passed on`() throws {
        #expect(try definition(in: epic)?["_meta"] == Self.meta)
        #expect(
            try definition(in: everything)?["_meta"] == [
                "org.epic/a": ["resourceUri": "ui://other"],
                "ui": ["visibility": ["app"], "resourceUri": "ui://epic/clock"], "ui/resourceUri": "ui://epic/clock",
            ]
        )
        #expect(try definition(in: everything, .plain)?["_meta"] == nil)
    }

    @Test func `a view has interfaces for those who see one`() {
        #expect(catalog.hasInterfaces(in: everything, for: user))
        let other = Principal(issuer: "i", subject: "o", roles: ["shown"])
        #expect(!catalog.hasInterfaces(in: everything, for: other))
        let rubin = View(path: "/rubin", namespaces: ["rubin"], isPrefixed: true)
        #expect(!catalog.hasInterfaces(in: rubin, for: user))
    }

    @Test func `models do not find what only interfaces use, and may be shown its definition`() async throws {
        let view = View(path: "/s", namespaces: nil, isPrefixed: true, listing: .search)
        let found = try await call("beamline_find_tools", ["query": "show the clock"], in: view)
        #expect(found["items"]?.array?.compactMap { $0["name"]?.string } == ["epic_shown"])
        let described = try await call("beamline_describe_tool", ["name": "epic_clock"], in: view)
        #expect(described["_meta"]?["ui"]?["resourceUri"] == "ui://epic/clock")
    }

    private func call(_ name: String, _ arguments: JSONValue, in view: View) async throws -> JSONValue {
        let route = try #require(catalog.route(toTool: name, in: view))
        let reply = await route.provider.call(
            ProviderCall(
                requestID: RequestID(),
                tool: route.item.localName,
                arguments: arguments.serialized[...],
                principal: user,
                viewPath: view.path,
                deadline: .after(.seconds(10)),
                budgetBytes: 1024
            )
        )
        guard case .result(let result) = reply else { return .null }
        return try JSONValue(parsing: result.structured)
    }
}
