import Catalog
import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Catalog snapshot")
struct CatalogSnapshotTests {
    @Test(arguments: ["ab", "abcdefghijklmnop", "a1", "epic"])
    func `a namespace is taken`(namespace: String) {
        let snapshot = CatalogSnapshot([contribution(namespace, [tool("x")])])
        #expect(snapshot.refusals.isEmpty)
        #expect(snapshot.toolCount == 1)
    }

    @Test(
        arguments: [
            ("a", .namespaceMalformed),
            ("abcdefghijklmnopq", .namespaceMalformed),
            ("", .namespaceMalformed),
            ("1a", .namespaceMalformed),
            ("Epic", .namespaceMalformed),
            ("ep_ic", .namespaceMalformed),
            ("épic", .namespaceMalformed),
            ("beamline", .namespaceReserved),
        ] as [(String, CatalogRefusal.Reason)]
    )
    func `a namespace is refused`(namespace: String, reason: CatalogRefusal.Reason) {
        let snapshot = CatalogSnapshot([contribution(namespace, [tool("x")])])
        #expect(
            snapshot.refusals == [CatalogRefusal(source: "a.so", namespace: namespace, tool: nil, reason: reason)]
        )
        #expect(snapshot.toolCount == 0)
    }

    @Test(arguments: ["x", "A-Z_09", String(repeating: "x", count: 43)])
    func `a name is taken`(name: String) {
        #expect(CatalogSnapshot([contribution("epic", [tool(name)])]).refusals.isEmpty)
    }

    @Test(
        arguments: [
            ("", .nameMalformed),
            ("a.b", .nameMalformed),
            ("a b", .nameMalformed),
            ("é", .nameMalformed),
            (String(repeating: "x", count: 44), .nameTooLong(limit: 48)),
        ] as [(String, CatalogRefusal.Reason)]
    )
    func `a name is refused and the others stay`(name: String, reason: CatalogRefusal.Reason) {
        let snapshot = CatalogSnapshot([contribution("epic", [tool(name), tool("good")])])
        #expect(snapshot.refusals == [CatalogRefusal(source: "a.so", namespace: "epic", tool: name, reason: reason)])
        #expect(snapshot.toolCount == 1)
    }

    @Test(
        arguments: [
            (["type": "array"], .inputNotObject),
            ([:], .inputNotObject),
            (true, .inputNotObject),
            (
                ["type": "object", "allOf": [["x-mcp-header": "A"]]],
                .headerParameter(HeaderParameter.Fault("/allOf/0", .unreachable))
            ),
        ] as [(JSONValue, CatalogRefusal.Reason)]
    )
    func `an input schema is refused`(schema: JSONValue, reason: CatalogRefusal.Reason) {
        let snapshot = CatalogSnapshot([contribution("epic", [tool("x", input: schema)])])
        #expect(snapshot.refusals.map(\.reason) == [reason])
        #expect(snapshot.toolCount == 0)
    }

    @Test func `parameters for header fields are known, and published as they were written`() throws {
        let schema: JSONValue = [
            "type": "object", "properties": ["a": ["type": "string", "x-mcp-header": "A"]],
        ]
        let catalog = Catalog(
            CatalogSnapshot([contribution("epic", [tool("x", input: schema), tool("y")])]),
            policy: RolePolicy()
        )
        let parameter = HeaderParameter(field: "Mcp-Param-A", path: ["a"], kind: .string)
        #expect(catalog.route(toTool: "epic_x", in: everything)?.headerParameters == [parameter])
        #expect(catalog.route(toTool: "epic_y", in: everything)?.headerParameters == [])
        let page = try catalog.tools(in: everything, for: alice, form: .full, after: nil)
        let tools = try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8))
        #expect(tools.array?.first?["inputSchema"] == schema)
    }

    @Test func `of two namespaces the first stays and both places are named`() {
        let snapshot = CatalogSnapshot([
            contribution("epic", [tool("x")]), contribution("epic", [tool("y")], source: "b.so"),
        ])
        let refusal = CatalogRefusal(
            source: "b.so",
            namespace: "epic",
            tool: nil,
            reason: .namespaceTaken(by: "a.so")
        )
        #expect(snapshot.refusals == [refusal])
        #expect(
            refusal.description
                == "b.so: namespace \"epic\" is left out: a.so has the namespace already; give one of them another."
        )
        #expect(snapshot.toolCount == 1)
    }

    @Test func `of two tools of one name the first stays`() throws {
        let snapshot = CatalogSnapshot([
            contribution("epic", [tool("x", timeout: .seconds(1)), tool("x", timeout: .seconds(2))])
        ])
        #expect(snapshot.refusals.map(\.reason) == [.nameTaken(by: "a.so")])
        let catalog = Catalog(snapshot, policy: RolePolicy())
        #expect(catalog.route(toTool: "epic_x", in: everything)?.timeout == .seconds(1))
    }
}
