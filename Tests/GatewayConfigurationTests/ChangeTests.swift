import GatewayConfiguration
import Testing

@Suite("A changed configuration")
struct ChangeTests {
    private static let running = """
        server: {port: 9000, allowed_origins: []}
        plugins:
          atlas: {library: libATLAS.so, sources: {monitor: atlas-monitor}}
          epic: {library: libePIC.so, config: {depth: 3}}
        sources:
          atlas-monitor: {kind: http, base_url: "https://monitor.example.org"}
        issuers:
          iam: {issuer: "https://iam.example.org/", jwks_url: "https://iam.example.org/jwks"}
        limits: {list_page: 10, connections: 100}
        """

    private func change(_ old: String, _ new: String) throws -> ConfigurationChange {
        let files = Files()
        return ConfigurationChange(
            from: try files.parse(Self.running),
            to: try files.parse(Self.running.replacing(old, with: new))
        )
    }

    @Test(arguments: [
        ("allowed_origins: []", "allowed_origins: [\"https://a.example.org\"]", "server.allowed_origins"),
        ("list_page: 10", "list_page: 11", "limits.list_page"),
        ("list_page: 10", "listed_tools: 50, list_page: 10", "limits.listed_tools"),
        ("port: 9000", "listing: all, port: 9000", "server.listing"),
        ("https://monitor.example.org", "https://other.example.org", "sources.atlas-monitor"),
        ("https://iam.example.org/jwks", "https://iam.example.org/keys", "issuers.iam"),
        ("limits:", "observability: {log_level: debug}\nlimits:", "observability.log_level"),
        ("limits:", "policy: {forbid_public: true}\nlimits:", "policy.forbid_public"),
        ("limits:", "trust: {ca_file: /x}\nlimits:", "trust.ca_file"),
        ("limits:", "views: [{path: /x}]\nlimits:", "views"),
        ("{monitor: atlas-monitor}", "{}", "plugins.atlas.sources"),
        ("  epic: {library: libePIC.so, config: {depth: 3}}\n", "", "plugins.epic"),
    ])
    func `what a running gateway can take over counts`(old: String, new: String, path: String) throws {
        let change = try change(old, new)
        #expect(change.reloaded == [path])
        #expect(change.waiting == [])
        let top = String(path.prefix { $0 != "." })
        #expect(change.touches([top]))
        #expect(!change.touches(["state"]))
        let again = ConfigurationChange(from: change.effective, to: change.effective)
        #expect(again.reloaded == [] && again.waiting == [])
    }

    @Test func `a plugin that is put in counts at once where a gateway loads it, and with the next start where not`()
        throws
    {
        let files = Files()
        let running = try files.parse(Self.running)
        let wanted = try files.parse(
            Self.running.replacing("  epic: {", with: "  lab: {library: lab.so}\n  epic: {")
        )
        let loading = ConfigurationChange(from: running, to: wanted, loads: true)
        #expect(loading.reloaded == ["plugins.lab"])
        #expect(loading.waiting == [])
        #expect(Set(loading.effective.plugins.map(\.namespace)) == ["atlas", "epic", "lab"])
        let starting = ConfigurationChange(from: running, to: wanted)
        #expect(starting.waiting == ["plugins.lab"])
        #expect(Set(starting.effective.plugins.map(\.namespace)) == ["atlas", "epic"])
    }

    @Test(arguments: [
        ("libePIC.so", "libOther.so", "plugins.epic.library"), ("depth: 3", "depth: 4", "plugins.epic.config"),
        ("libePIC.so", "libePIC.so, pin: \"\(String(repeating: "0", count: 64))\"", "plugins.epic.pin"),
    ])
    func `the library of a plugin that can be replaced counts`(old: String, new: String, path: String) throws {
        let files = Files()
        let wanted = try files.parse(Self.running.replacing(old, with: new))
        let change = ConfigurationChange(from: try files.parse(Self.running), to: wanted, replaceable: ["epic"])
        #expect(change.reloaded == [path])
        #expect(change.waiting == [])
        let (effective, file) = (try #require(change.effective.plugins.last), try #require(wanted.plugins.last))
        #expect(effective.library == file.library)
        #expect(effective.pin == file.pin)
        #expect(effective.configuration == file.configuration)
    }

    @Test(arguments: [
        ("port: 9000", "port: 9001", "server.port"),
        ("port: 9000", "admin: {}, port: 9000", "server.admin"),
        ("port: 9000", "publicURL: \"https://x.example.org\", port: 9000", "server.publicURL"),
        ("connections: 100", "connections: 101", "limits.connections"),
        ("limits:", "state: {directory: elsewhere}\nlimits:", "state.directory"),
        ("limits:", "observability: {log_format: json}\nlimits:", "observability.log_format"),
        ("limits:", "trust: {keys: {a: \"ed25519:x\"}}\nlimits:", "trust.keys"),
        ("limits: {", "limits: {bundle_files: 1, ", "limits.bundle_files"),
        ("libePIC.so", "libOther.so", "plugins.epic.library"),
        ("depth: 3", "depth: 4", "plugins.epic.config"),
        ("  epic:", "  rubin: {library: libRubin.so}\n  epic:", "plugins.rubin"),
    ])
    func `what only a start can change is held and said`(old: String, new: String, path: String) throws {
        let change = try change(old, new)
        #expect(change.waiting.contains(path))
        #expect(change.reloaded == [])
        let back = ConfigurationChange(from: try Files().parse(Self.running), to: change.effective)
        #expect(back.reloaded == [] && back.waiting == [])
    }

    @Test func `moving lines about changes nothing`() throws {
        let change = try change("plugins:", "# A remark.\n\nplugins:")
        #expect(change.reloaded == [] && change.waiting == [])
    }
}
