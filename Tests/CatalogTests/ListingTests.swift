import Catalog
import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Listing")
struct ListingTests {
    private static let gatewayNames = ["beamline_find_tools", "beamline_describe_tool", "beamline_call_tool"]

    private func catalog(_ count: Int, _ limits: ListedLimits = ListedLimits()) -> Catalog {
        let names = (0..<count).map { "t\($0)" }
        return Catalog(
            CatalogSnapshot([contribution("epic", names.map { tool($0) })]),
            policy: RolePolicy(),
            listed: limits
        )
    }

    private func view(_ listing: View.Listing, isPrefixed: Bool = true) -> View {
        View(path: "/x", namespaces: ["epic"], isPrefixed: isPrefixed, listing: listing)
    }

    private func listed(_ catalog: Catalog, _ view: View, _ principal: Principal = alice) throws -> [String] {
        try names(catalog.tools(in: view, for: principal, form: .full, after: nil))
    }

    @Test func `a hundred tools are listed, and one more is searched`() throws {
        #expect(try listed(catalog(100), view(.auto)).count == 100)
        #expect(!catalog(100).isSearched(view(.auto), for: alice))
        #expect(try listed(catalog(101), view(.auto)) == Self.gatewayNames)
        #expect(catalog(101).isSearched(view(.auto), for: alice))
    }

    @Test func `the limit on tools is the site's`() throws {
        #expect(try listed(catalog(3, ListedLimits(tools: 3)), view(.auto)).count == 3)
        #expect(try listed(catalog(4, ListedLimits(tools: 3)), view(.auto)) == Self.gatewayNames)
    }

    @Test(arguments: [true, false])
    func `so many bytes of definitions are listed, and one more is searched`(isPrefixed: Bool) throws {
        let view = view(.auto, isPrefixed: isPrefixed)
        let bytes = try catalog(5).tools(in: view, for: alice, form: .full, after: nil).definitions.count
        #expect(try listed(catalog(5, ListedLimits(bytes: bytes)), view).count == 5)
        #expect(try listed(catalog(5, ListedLimits(bytes: bytes - 1)), view) == Self.gatewayNames)
        for form in ToolForm.allCases {
            let page = try catalog(5, ListedLimits(bytes: bytes - 1)).tools(
                in: view,
                for: alice,
                form: form,
                after: nil
            )
            #expect(try names(page) == Self.gatewayNames, "whatever the client's form")
        }
    }

    @Test func `a hundred thousand bytes are the usual limit`() throws {
        func catalog(_ length: Int) -> Catalog {
            let text = String(repeating: "x", count: length)
            let long = ToolDescription(localName: "t", description: text, inputSchema: ["type": "object"])
            return Catalog(CatalogSnapshot([contribution("epic", [long])]), policy: RolePolicy())
        }
        let rest = try catalog(0).tools(in: view(.auto), for: alice, form: .full, after: nil).definitions.count
        #expect(!catalog(100_000 - rest).isSearched(view(.auto), for: alice))
        #expect(catalog(100_001 - rest).isSearched(view(.auto), for: alice))
    }

    @Test func `what counts is what the caller may see`() throws {
        let few = Principal(issuer: "i", subject: "s", roles: ["t1", "t2"])
        #expect(try listed(catalog(200), view(.auto), few) == ["epic_t1", "epic_t2"])
        #expect(try listed(catalog(200), view(.auto)) == Self.gatewayNames)
    }

    @Test func `a view may list everything or nothing`() throws {
        #expect(try listed(catalog(200), view(.all)).count == 200)
        #expect(!catalog(200).isSearched(view(.all), for: alice))
        #expect(try listed(catalog(2), view(.search)) == Self.gatewayNames)
        #expect(catalog(0).isSearched(view(.search), for: alice))
    }

    @Test func `a tool that is not listed has a route, and the gateway's own have theirs but where all are listed`() {
        let catalog = catalog(101)
        #expect(catalog.route(toTool: "epic_t7", in: view(.auto)) != nil)
        #expect(catalog.route(toTool: "t7", in: view(.search, isPrefixed: false)) != nil)
        for name in Self.gatewayNames {
            #expect(catalog.route(toTool: name, in: view(.auto))?.item.isOfGateway == true)
            #expect(catalog.route(toTool: name, in: view(.search, isPrefixed: false))?.item.isOfGateway == true)
            #expect(catalog.route(toTool: name, in: view(.all)) == nil)
        }
        #expect(catalog.route(toTool: "find_tools", in: view(.search, isPrefixed: false)) == nil)
    }

    @Test func `a cursor from when all were listed is refused`() throws {
        let catalog = Catalog(
            CatalogSnapshot([contribution("epic", [tool("a"), tool("b"), tool("c")])]),
            policy: RolePolicy(),
            pageSize: 2
        )
        let cursor = try #require(try catalog.tools(in: view(.all), for: alice, form: .full, after: nil).nextCursor)
        #expect(throws: CursorError.invalid) {
            try catalog.tools(in: view(.search), for: alice, form: .full, after: cursor)
        }
    }

    @Test func `the gateway's own tools say truthfully what they do`() throws {
        let page = try catalog(0).tools(in: view(.search), for: alice, form: .full, after: nil)
        let tools = try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8)).array ?? []
        #expect(tools.count == 3)
        for tool in tools {
            let isCall = tool["name"] == "beamline_call_tool"
            #expect(tool["annotations"]?["readOnlyHint"]?.bool == !isCall)
            #expect(tool["annotations"]?["destructiveHint"]?.bool == isCall)
            #expect(tool["outputSchema"] != nil && tool["inputSchema"]?["type"] == "object")
            #expect(throws: Never.self) {
                try JSONSchema(compiling: tool["outputSchema"] ?? false)
            }
        }
        let older = try catalog(0).tools(in: view(.search), for: alice, form: .titled, after: nil)
        let call = try JSONValue(parsing: Array("[".utf8) + older.definitions + Array("]".utf8)).array?.last
        #expect(call?["outputSchema"] == nil, "an answer of no known type promises nothing")
    }
}
