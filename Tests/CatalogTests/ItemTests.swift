import Catalog
import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Resources, templates and prompts of the catalog")
struct ItemTests {
    private struct NoItems: ItemProvider {
        func answer(_ request: ItemRequest) async -> ItemReply { .failure(GatewayError(.internal, "")) }
    }

    private static func item(_ kind: ItemDescription.Kind, _ name: String) -> ItemDescription {
        ItemDescription(kind: kind, localName: name, members: [.init(name: "name", value: "n")])
    }

    private static func contribution(_ namespace: String, _ items: [ItemDescription]) -> CatalogContribution {
        CatalogContribution(
            namespace: namespace,
            source: "a.so",
            tools: [],
            items: items,
            provider: NoProvider(),
            itemProvider: NoItems()
        )
    }

    private static func catalog(_ contributions: [CatalogContribution]) -> Catalog {
        Catalog(CatalogSnapshot(contributions), policy: RolePolicy(), pageSize: 2)
    }

    private let catalog = Self.catalog([
        Self.contribution(
            "epic",
            [
                Self.item(.resource, "a:1"), Self.item(.resource, "a:2"), Self.item(.resource, "a:3"),
                Self.item(.template, "a:{x}"), Self.item(.prompt, "ask_me"),
            ]
        ),
        Self.contribution("atlas", [Self.item(.resource, "a:1")]),
    ])

    @Test(
        arguments: [
            ("epic+a:1", everything, "a:1", "epic"), ("atlas+a:1", everything, "a:1", "atlas"),
            ("epic+a:9", everything, "a:9", "epic"), ("a:1", epic, "a:1", "epic"), ("epic+a:1", epic, "a:1", "epic"),
            ("a:1", everything, nil, ""), ("atlas+a:1", epic, nil, ""), ("atlas+a:9", everything, nil, ""),
            ("rubin+a:1", everything, nil, ""),
        ] as [(String, View, String?, String)]
    )
    func `an address leads to its resource`(uri: String, view: View, local: String?, namespace: String) {
        let route = catalog.route(toResource: uri, in: view)
        #expect(route?.localName == local)
        if local != nil { #expect(route?.item.namespace == namespace) }
    }

    @Test func `an address that fits a template is decided on as the template`() {
        let route = catalog.route(toResource: "epic+a:9", in: everything)
        #expect(route?.item.localName == "a:{x}")
        #expect(route?.variables == ["x": "9"])
    }

    @Test(arguments: [
        ("epic_ask_me", everything, true), ("ask_me", epic, true), ("ask_me", everything, false),
        ("epic_ask_me", epic, false), ("atlas_ask_me", everything, false),
    ])
    func `a name leads to its prompt`(name: String, view: View, isFound: Bool) {
        #expect((catalog.route(toPrompt: name, in: view) != nil) == isFound)
    }

    @Test func `lists come in pages, each list with its own cursors`() throws {
        let page: (String?) throws(CursorError) -> ItemPage = { cursor throws(CursorError) in
            try catalog.items(.resource, in: everything, for: alice, revision: .july2026, after: cursor)
        }
        let first = try page(nil)
        let second = try page(first.nextCursor)
        #expect(second.nextCursor == nil)
        let uris = try [first, second].flatMap { page in
            try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8)).array ?? []
        }.compactMap { $0["uri"]?.string }
        #expect(uris == ["atlas+a:1", "epic+a:1", "epic+a:2", "epic+a:3"])
        #expect(throws: CursorError.invalid) {
            try catalog.items(.prompt, in: everything, for: alice, revision: .july2026, after: first.nextCursor)
        }
    }

    @Test func `a caller sees the items its roles name`() throws {
        let bob = Principal(issuer: "i", subject: "bob", roles: ["a:2"])
        let page = try catalog.items(.resource, in: epic, for: bob, revision: .july2026, after: nil)
        #expect(page.definitions == Array(#"{"uri":"a:2","name":"n"}"#.utf8))
        let none = try catalog.items(.prompt, in: epic, for: bob, revision: .july2026, after: nil)
        #expect(none.definitions.isEmpty)
    }

    @Test func `what cannot be offered is left out and told`() {
        let snapshot = CatalogSnapshot([
            Self.contribution(
                "epic",
                [
                    Self.item(.resource, "no scheme"), Self.item(.template, "a:{x}{y}"), Self.item(.prompt, "a b"),
                    Self.item(.resource, "a:1"), Self.item(.resource, "a:1"), Self.item(.template, "a:{x}"),
                ]
            )
        ])
        #expect(
            snapshot.refusals.map(\.reason) == [
                .uriMalformed, .template(.adjacent), .nameMalformed, .nameTaken(by: "a.so"),
            ]
        )
    }
}
