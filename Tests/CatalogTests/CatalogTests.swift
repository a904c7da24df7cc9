import Catalog
import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Catalog")
struct CatalogTests {
    private let catalog = Catalog(
        CatalogSnapshot([
            contribution("rubin", [tool("b"), tool("a")]),
            contribution("epic", [tool("c"), tool("B"), tool("a_b")]),
        ]),
        policy: RolePolicy(),
        pageSize: 2
    )

    private func page(
        _ view: View = everything,
        _ principal: Principal = alice,
        after cursor: String? = nil
    ) throws(CursorError) -> ToolPage {
        try catalog.tools(in: view, for: principal, form: .full, after: cursor)
    }

    @Test(arguments: [
        (everything, "epic_c", "epic"),
        (everything, "epic_a_b", "epic"),
        (everything, "rubin_a", "rubin"),
        (epic, "c", "epic"),
        (epic, "a_b", "epic"),
        (View(path: "/x", namespaces: ["rubin", "epic"], isPrefixed: true), "rubin_a", "rubin"),
    ])
    func `a name leads to its tool`(view: View, name: String, namespace: String) {
        #expect(catalog.route(toTool: name, in: view)?.item.namespace == namespace)
    }

    @Test(arguments: [
        (everything, "c"),
        (everything, "epic_C"),
        (everything, ""),
        (everything, "epic_"),
        (epic, "epic_c"),
        (epic, "a"),
        (View(path: "/x", namespaces: ["epic"], isPrefixed: true), "rubin_a"),
        (View(path: "/x", namespaces: ["epic", "rubin"], isPrefixed: false), "c"),
        (View(path: "/x", namespaces: nil, isPrefixed: false), "c"),
    ])
    func `a name that is not of the view leads nowhere`(view: View, name: String) {
        #expect(catalog.route(toTool: name, in: view) == nil)
    }

    @Test func `pages follow each other in order of namespace and name`() throws {
        let first = try page()
        let second = try page(after: first.nextCursor)
        let third = try page(after: second.nextCursor)
        #expect(try names(first) == ["epic_B", "epic_a_b"])
        #expect(try names(second) == ["epic_c", "rubin_a"])
        #expect(try names(third) == ["rubin_b", "beamline_route_question"])
        #expect(third.nextCursor == nil)
    }

    @Test func `a last page that is full has no successor`() throws {
        let view = View(path: "/mcp/rubin", namespaces: ["rubin"], isPrefixed: false)
        let page = try page(view)
        #expect(try names(page) == ["a", "b"])
        #expect(page.nextCursor == nil)
    }

    @Test func `a list holds only what the caller may see`() throws {
        let principal = Principal(issuer: "i", subject: "s", roles: ["a", "c"])
        let page = try page(everything, principal)
        #expect(try names(page) == ["epic_c", "rubin_a", "beamline_route_question"])
        #expect(page.nextCursor == nil)
        #expect(catalog.namespaces(in: everything, for: principal).map(\.name) == ["epic", "rubin"])
        let other = Principal(issuer: "i", subject: "s", roles: ["a"])
        #expect(catalog.namespaces(in: everything, for: other).map(\.name) == ["rubin"])
        #expect(try names(self.page(everything, other)) == ["rubin_a"], "who sees one experiment needs no way to it")
    }

    @Test(arguments: [["a", "b", "c"], ["a", "c"], ["x"]] as [Set<String>])
    func `another caller's cursor is of another list, unless they see the same`(_ roles: Set<String>) throws {
        let cursor = try page().nextCursor
        let other = Principal(issuer: "i", subject: "s", roles: roles)
        #expect(throws: CursorError.outdated) { try page(everything, other, after: cursor) }
        let same = Principal(issuer: "i", subject: "t")
        #expect(try page(everything, same, after: cursor).definitions == page(after: cursor).definitions)
    }

    @Test func `cursors of other views and other times are refused`() throws {
        let cursor = try #require(try page().nextCursor)
        #expect(throws: CursorError.invalid) { try page(epic, after: cursor) }
        catalog.replace(with: CatalogSnapshot([contribution("epic", [tool("x"), tool("y"), tool("z")])]))
        #expect(throws: CursorError.outdated) { try page(after: cursor) }
    }

    @Test func `a change of what a caller does not see leaves their cursors as they are`() throws {
        let blind = Principal(issuer: "i", subject: "s", roles: ["a", "b"])
        let before = try page(everything, blind).nextCursor
        catalog.replace(
            with: CatalogSnapshot([
                contribution("epic", [tool("a_b"), tool("B"), tool("c", timeout: .seconds(1)), tool("d")]),
                contribution("rubin", [tool("a"), tool("b")]),
            ])
        )
        #expect(try page(everything, blind).nextCursor == before)
        #expect(try names(page(everything, blind, after: before)) == ["rubin_a", "rubin_b"])
    }

    @Test func `the same tools make the same cursors`() throws {
        let cursor = try page().nextCursor
        catalog.replace(
            with: CatalogSnapshot([
                contribution("epic", [tool("a_b"), tool("c"), tool("B")], source: "other.so"),
                contribution("rubin", [tool("a"), tool("b")]),
            ])
        )
        #expect(try names(page(after: cursor)) == ["epic_c", "rubin_a"])
    }

    @Test(arguments: ["", "x", "AAAA", "nonsense!", "////", String(repeating: "A", count: 28)])
    func `what is not a cursor is refused`(text: String) {
        #expect(throws: CursorError.invalid) { try page(after: text) }
    }

    @Test func `a forged position is refused beyond the list`() throws {
        let cursor = try #require(try page().nextCursor)
        var bytes = try #require(Base64.decoded(cursor.utf8))
        for position in [0, 5, 255] as [UInt8] {
            bytes[bytes.count - 1] = position
            #expect(throws: CursorError.invalid) { try page(after: Base64.encoded(bytes)) }
        }
        bytes[bytes.count - 1] = 4
        #expect(try names(page(after: Base64.encoded(bytes))) == ["rubin_b", "beamline_route_question"])
    }

    @Test func `a list is each caller's own and the same for equals`() throws {
        let page: (Principal) throws -> [String] = { try names(self.page(epic, $0)) }
        let onlyB = Principal(issuer: "i", subject: "bob", roles: ["B"])
        #expect(try page(alice) == ["B", "a_b"])
        #expect(try page(onlyB) == ["B"])
        #expect(try page(Principal(issuer: "j", subject: "eve", roles: ["c"])) == ["c"])
        #expect(try page(alice) == ["B", "a_b"])
        #expect(try page(Principal(issuer: "i", subject: "joe", roles: ["B"])) == ["B"])
    }

    @Test func `a page that begins between pages is as long as others and spoils none`() throws {
        let cursor = try #require(try page().nextCursor)
        var bytes = try #require(Base64.decoded(cursor.utf8))
        bytes[bytes.count - 1] = 1
        #expect(try names(page(after: Base64.encoded(bytes))) == ["epic_a_b", "epic_c"])
        #expect(try names(page(after: cursor)) == ["epic_c", "rubin_a"])
    }

    @Test func `more permission sets than are kept are all answered with their own`() throws {
        for number in 0..<200 {
            let roles: Set = ["role\(number)", number.isMultiple(of: 2) ? "B" : "c"]
            let seen = try names(page(epic, Principal(issuer: "i", subject: "s", roles: roles)))
            #expect(seen == [number.isMultiple(of: 2) ? "B" : "c"])
        }
    }

    @Test func `an empty catalog has an empty page`() throws {
        catalog.replace(with: CatalogSnapshot([]))
        let page = try page()
        #expect(page == ToolPage(definitions: [], nextCursor: nil))
    }
}
