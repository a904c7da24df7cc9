import GatewayConfiguration
import Testing

@Suite("Views")
struct ViewTests {
    private static let plugins = "plugins: {epic: {library: a.so}, atlas: {library: b.so}}\n"

    private func faults(_ view: String) -> [String] {
        Files().faults(Self.plugins + "views:\n  - \(view)")
    }

    @Test func `a view has a path without a slash at its end, and defaults`() throws {
        let text =
            Self.plugins
            + "views:\n  - {path: /swf-monitor/mcp/, namespaces: epic, prefix: false, anonymous: true}\n  - {path: /mcp}"
        let views = try Files().parse(text).views
        #expect(views.map(\.path) == ["/swf-monitor/mcp", "/mcp"])
        #expect(views.map(\.namespaces) == [["epic"], []])
        #expect(views.map(\.isPrefixed) == [false, true])
        #expect(views.map(\.allowsAnonymous) == [true, false])
        #expect(views.map(\.listing) == [.all, .all])
    }

    @Test(arguments: [
        ("{namespaces: [epic]}", "`path` is missing"),
        ("{path: x}", "path: must begin with a slash, such as /x"),
        ("{path: /}", "path: the path / is the gateway's own; choose another"),
        ("{path: /token/mcp}", "path: /token is the gateway's own; choose another path"),
        ("{path: /.well-known/x}", "path: /.well-known is the gateway's own; choose another path"),
        ("{path: /v1}", "path: /v1 is the gateway's own; choose another path"),
        ("{path: /a//b}", "path: may hold letters, digits and . _ ~ - between single slashes, and no . or .. alone"),
        ("{path: /a/../b}", "path: may hold letters, digits and . _ ~ - between single slashes, and no . or .. alone"),
        ("{path: \"/a?b\"}", "path: may hold letters, digits and . _ ~ - between single slashes, and no . or .. alone"),
        (
            "{path: /x, namespaces: [epicc]}",
            "namespaces: `epicc` is not the namespace of an enabled plugin; did you mean `epic`?"
        ),
        ("{path: /x, namespaces: [epic, epic]}", "namespaces: names a namespace twice"),
        (
            "{path: /x, prefix: false}",
            "prefix: `prefix: false` needs exactly one namespace, so that no two names can be the same"
        ),
        (
            "{path: /x, namespaces: [epic, atlas], prefix: false}",
            "prefix: `prefix: false` needs exactly one namespace, so that no two names can be the same"
        ),
        ("{path: /x, listing: search}", "listing: must be one of: all"),
        ("{path: /x, tools: [a]}", "tools: is not a known key"),
    ])
    func `a view that cannot be is refused`(view: String, fault: String) {
        let lines = faults(view)
        #expect(lines.count == 1, "\(lines)")
        let place = fault.hasPrefix("`") ? "views[0]: " : "views[0]."
        #expect(lines.allSatisfy { $0.hasPrefix("beamline.yaml: line 3: \(place)\(fault)") }, "\(lines)")
    }

    @Test func `two views of one path are refused, with or without a slash`() {
        #expect(
            faults("{path: /x}\n  - {path: /x/}") == [
                "beamline.yaml: line 4: views[1].path: the view /x is there already (beamline.yaml: line 3: views[0]); remove one"
            ]
        )
    }
}
