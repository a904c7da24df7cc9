import GatewayConfiguration
import GatewayCore
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
        #expect(views.map(\.listing) == [.auto, .auto])
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
        ("{path: /x, listing: some}", "listing: must be one of: auto, all, search"),
        ("{path: /x, tools: [a]}", "tools: is not a known key"),
    ])
    func `a view that cannot be is refused`(view: String, fault: String) {
        let lines = faults(view)
        #expect(lines.count == 1, "\(lines)")
        let place = fault.hasPrefix("`") ? "views[0]: " : "views[0]."
        #expect(lines.allSatisfy { $0.hasPrefix("beamline.yaml: line 3: \(place)\(fault)") }, "\(lines)")
    }

    @Test(arguments: View.Listing.allCases)
    func `a view and the built-in views list as they are told`(listing: View.Listing) throws {
        let text = "server: {listing: \(listing.rawValue)}\n" + Self.plugins
        let configuration = try Files().parse(text + "views:\n  - {path: /x, listing: \(listing.rawValue)}")
        #expect(configuration.server.listing == listing)
        #expect(configuration.views.map(\.listing) == [listing])
    }

    @Test func `the built-in views list as many tools as is good for a model`() throws {
        let configuration = try Files().parse(Self.plugins)
        #expect(configuration.server.listing == .auto)
        #expect(configuration.limits.listedTools == 100)
        #expect(configuration.limits.listedBytes == 100_000)
        let server = Files().faults("server: {listing: some}")
        #expect(server == ["beamline.yaml: line 1: server.listing: must be one of: auto, all, search"])
    }

    @Test func `two views of one path are refused, with or without a slash`() {
        #expect(
            faults("{path: /x}\n  - {path: /x/}") == [
                "beamline.yaml: line 4: views[1].path: the view /x is there already (beamline.yaml: line 3: views[0]); remove one"
            ]
        )
    }
}
