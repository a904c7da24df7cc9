import GatewayConfiguration
import Testing

@Suite("Included files")
struct InclusionTests {
    private static let main = """
        include:
          - {path: conf.d/epic.yaml, owns: [epic]}
        issuers:
          iam: {issuer: "https://iam.example.org/", jwks_url: "https://iam.example.org/jwks"}
        plugins:
          atlas: {library: libATLAS.so, sources: {monitor: atlas-monitor}}
        sources:
          atlas-monitor: {kind: http, base_url: "https://monitor.example.org"}
        """
    private static let epic = """
        plugins:
          epic: {library: ./libePIC.so, sources: {panda: epic-database}}
        sources:
          epic-database: {kind: sqlite, path: swf.sqlite}
        views:
          - {path: /swf-monitor/mcp/, namespaces: [epic], prefix: false}
        roles:
          - {issuer: iam, group: eic, role: epic.user}
        """

    private func faults(_ fragment: String, main: String = main) -> [String] {
        Files(included: ["conf.d/epic.yaml": fragment]).faults(main)
    }

    @Test func `an included file adds what is its own`() throws {
        let configuration = try Files(included: ["conf.d/epic.yaml": Self.epic]).parse(Self.main)
        #expect(configuration.plugins.map(\.namespace) == ["atlas", "epic"])
        #expect(configuration.plugins[1].library == "/etc/beamline/conf.d/libePIC.so")
        #expect(configuration.sources.map(\.name) == ["atlas-monitor", "epic-database"])
        #expect(configuration.views.map(\.path) == ["/swf-monitor/mcp"])
        #expect(configuration.issuers[0].roles.map { [$0.group, $0.role] } == [["eic", "epic.user"]])
        guard case .sqlite(let database) = configuration.sources[1].kind else {
            Issue.record("\(configuration.sources[1].kind)")
            return
        }
        #expect(database.path == "/etc/beamline/conf.d/swf.sqlite")
    }

    @Test(arguments: [
        (
            "plugins:\n  atlas2: {library: x.so}",
            "line 2: plugins.atlas2: the namespace `atlas2` is not this file's, which owns `epic`"
        ),
        (
            "plugins:\n  epicc: {library: x.so}",
            "line 2: plugins.epicc: the namespace `epicc` is not this file's, which owns `epic`; did you mean `epic`?"
        ),
        (
            "plugins:\n  epic:\n    library: x.so\n    sources: {panda: atlas-monitor}",
            "line 3: plugins.epic.sources: source `panda` is bound to `atlas-monitor`, which is not this file's: its sources are named `epic` or `epic-…`"
        ),
        (
            "sources:\n  epicure: {kind: sqlite, path: x}",
            "line 2: sources.epicure: the source `epicure` is not this file's: its sources are named `epic` or `epic-…`"
        ),
        (
            "sources:\n  epic-other: {kind: plugin, namespace: atlas, source: archive}",
            "line 2: sources.epic-other.namespace: the plugin of `atlas` is not this file's, which owns `epic`"
        ),
        (
            "views:\n  - {path: /x, namespaces: [atlas]}\nplugins: {epic: {library: x.so}}",
            "line 2: views[0].namespaces: the namespace `atlas` is not this file's, which owns `epic`"
        ),
        ("views:\n  - {path: /x}", "line 2: views[0]: `namespaces` is missing: a view of this file shows `epic`"),
        (
            "views:\n  - {path: /mcp/, namespaces: [epic]}\nplugins: {epic: {library: x.so}}",
            "line 2: views[0].path: below /mcp only /mcp/NAMESPACE is this file's, for `epic`; choose another path"
        ),
        (
            "views:\n  - {path: /mcp/atlas, namespaces: [epic]}\nplugins: {epic: {library: x.so}}",
            "line 2: views[0].path: below /mcp only /mcp/NAMESPACE is this file's, for `epic`; choose another path"
        ),
        (
            "roles:\n  - {issuer: iam, group: g, role: atlas.user}",
            "line 2: roles[0].role: the role `atlas.user` is not this file's, which owns `epic`"
        ),
        (
            "limits: {list_page: 3}",
            "line 1: limits: belongs in the main file; an included file may hold plugins, roles, sources and views of the namespaces it owns"
        ),
        ("policy: {forbid_public: false}", "line 1: policy: belongs in the main file"),
        ("issuers: {iam: {}}", "line 1: issuers: belongs in the main file"),
        (
            "include: [{path: more.yaml, owns: [epic]}]",
            "line 1: include: only the main file may include others; name this file's there"
        ),
        ("sourcs: {}", "line 1: sourcs: is not a known key; did you mean `sources`?"),
        ("plugins: [", "line 2: (file): is not well-formed YAML"),
    ])
    func `an included file that touches what is not its own is refused`(fragment: String, fault: String) {
        let lines = faults(fragment)
        #expect(lines.count == 1, "\(lines)")
        #expect(lines.allSatisfy { $0.hasPrefix("/etc/beamline/conf.d/epic.yaml: \(fault)") }, "\(lines)")
    }

    @Test func `a source named like the namespace itself is its own`() {
        #expect(faults("sources:\n  epic: {kind: sqlite, path: x}") == [])
    }

    @Test(arguments: [
        (
            "plugins: {epic: {library: libePIC.so}}",
            "/etc/beamline/conf.d/epic.yaml: line 2: plugins.epic: the plugin `epic` is there already (beamline.yaml: line 2: plugins.epic); remove one"
        ),
        (
            "sources: {epic-database: {kind: sqlite, path: x}}",
            "/etc/beamline/conf.d/epic.yaml: line 4: sources.epic-database: the source `epic-database` is there already (beamline.yaml: line 2: sources.epic-database); remove one"
        ),
        (
            "views: [{path: /swf-monitor/mcp}]",
            "/etc/beamline/conf.d/epic.yaml: line 6: views[0].path: the view /swf-monitor/mcp is there already (beamline.yaml: line 2: views[0]); remove one"
        ),
    ])
    func `what two files say is a fault with both places`(main: String, fault: String) {
        let fragment = Self.epic.split(separator: "\nroles:")[0]
        let lines = faults(
            String(fragment),
            main: "include: [{path: conf.d/epic.yaml, owns: [epic]}]\n\(main)"
        )
        #expect(lines == [fault])
    }

    @Test(arguments: [
        (
            "include: [{path: conf.d/rubin.yaml, owns: [rubin]}]",
            "include[0]: the file /etc/beamline/conf.d/rubin.yaml cannot be read; check its path, owner and mode"
        ),
        (
            "include: [{path: conf.d/epic.yaml}]",
            "include[0]: `owns` is missing: the namespaces the file is for, such as [epic]"
        ),
        ("include: [{owns: [epic]}]", "include[0]: `path` is missing"),
        (
            "include: [{path: conf.d/epic.yaml, owns: [Epic]}]",
            "include[0]: owns `Epic`: a namespace is 2 to 16 characters: a letter, then letters or digits, lower case"
        ),
        (
            "include: [{path: conf.d/epic.yaml, owns: [epic]}, {path: conf.d/../conf.d/epic.yaml, owns: [epib]}]",
            "include[1]: conf.d/../conf.d/epic.yaml is included twice; remove one"
        ),
        (
            "include: [{path: conf.d/epic.yaml, owns: [epic]}, {path: conf.d/two.yaml, owns: [epic]}]",
            "include[1]: owns `epic`, which another file owns already (beamline.yaml: line 1: include[0])"
        ),
        ("include: {path: conf.d/epic.yaml, owns: [epic]}", "include: must be a list"),
    ])
    func `an include that cannot be is refused`(main: String, fault: String) {
        let files = Files(included: ["conf.d/epic.yaml": "", "conf.d/two.yaml": ""])
        #expect(files.faults(main) == ["beamline.yaml: line 1: \(fault)"])
    }

    @Test func `faults of all files come at once, the main file's first`() {
        let lines = faults("limits: {}\nplugins: {epic: {}}", main: Self.main + "\nserver: {port: x}")
        #expect(
            lines.map { $0.prefix { $0 != ":" } } == [
                "beamline.yaml", "/etc/beamline/conf.d/epic.yaml", "/etc/beamline/conf.d/epic.yaml",
            ]
        )
    }

    @Test func `a role for an issuer that is not there names the nearest`() {
        #expect(
            faults("plugins: {epic: {library: x.so}}\nroles: [{issuer: iams, group: g, role: epic.user}]") == [
                "/etc/beamline/conf.d/epic.yaml: line 2: roles[0].issuer: `iams` is no name under `issuers`; did you mean `iam`?"
            ]
        )
    }
}
