import GatewayConfiguration
import Testing

@Suite("The configuration file")
struct ConfigurationFileTests {
    private static let whole = """
        server:
          host: 127.0.0.1
          port: 9000
          publicURL: http://127.0.0.1:9000/
        identity: {development: true}
        plugins:
          atlas:
            library: libATLAS.so
            sources: {monitor: atlas-monitor}
            config: {monitor_url: "https://bigpanda.example.org", depth: 3, flag: true}
          epic:
            library: plugins/libePIC.so
            isolation: in-process
            required: true
            sources: {panda: epic-databases}
        sources:
          atlas-monitor:
            kind: http
            base_url: http://127.0.0.1:1/atlas
            headers: {Authorization: {env: MONITOR_TOKEN}, X-Plain: text}
            timeout: 5s
          epic-databases:
            kind: sqlite
            path: data/swf.sqlite
            attach: {doma_panda: data/panda.sqlite}
        limits: {list_page: 10, tool_timeout: 1500ms}
        state: {directory: state}
        """

    private func parse(_ text: String) throws(ConfigurationFaults) -> Configuration {
        try ConfigurationFile.parse(text, file: "beamline.yaml", folder: "/etc/beamline/")
    }

    /// The faults' places and sentences; empty when there are none.
    private func faults(_ text: String) -> [String] {
        do {
            _ = try parse(text)
            return []
        } catch {
            return error.lines
        }
    }

    @Test func `a whole file becomes a whole tree`() throws {
        let configuration = try parse(Self.whole)
        #expect(configuration.server.publicURL == "http://127.0.0.1:9000")
        #expect(configuration.plugins.map(\.namespace) == ["atlas", "epic"])
        #expect(configuration.plugins[0].library == "libATLAS.so")
        #expect(configuration.plugins[1].library == "/etc/beamline/plugins/libePIC.so")
        #expect(configuration.plugins[1].isolation == .inProcess)
        #expect(configuration.plugins[1].isRequired)
        let text = #"{"monitor_url":"https://bigpanda.example.org","depth":3,"flag":true}"#
        #expect(configuration.plugins[0].configuration == Array(text.utf8))
        #expect(configuration.limits.listPage == 10)
        #expect(configuration.limits.toolTimeout == .milliseconds(1500))
        #expect(configuration.state.directory == "/etc/beamline/state")
    }

    @Test func `sources carry their settings and references to secrets`() throws {
        let sources = try parse(Self.whole).sources
        guard case .http(let monitor) = sources[0].kind, case .sqlite(let databases) = sources[1].kind else {
            Issue.record("the kinds are \(sources.map(\.kind))")
            return
        }
        #expect(monitor.headers == ["Authorization": .environment("MONITOR_TOKEN"), "X-Plain": .literal("text")])
        #expect(monitor.timeout == .seconds(5))
        #expect(databases.path == "/etc/beamline/data/swf.sqlite")
        #expect(databases.attached == ["doma_panda": "/etc/beamline/data/panda.sqlite"])
    }

    @Test(arguments: [
        ("serverr: {port: 1}", "line 1: serverr: is not a known key; did you mean `server`?"),
        ("server: {prot: 1}", "line 1: server.prot: is not a known key; did you mean `port`?"),
        ("server: {port: 70000}", "line 1: server.port: must be a whole number from 0 to 65535"),
        ("server: 5", "line 1: server: must be a mapping of keys to values"),
        ("identity:\n  development: perhaps", "line 2: identity.development: must be true or false"),
        (
            "limits:\n  tool_timeout: 5",
            "line 2: limits.tool_timeout: must be a time such as 30s, 500ms, 10m or 24h, from 10ms to 1h"
        ),
        ("sources:\n  a: {kind: mysql}", "line 2: sources.a.kind: must be one of: sqlite, http"),
        ("sources:\n  a: {path: x}", "line 2: sources.a: `kind` is missing; one of: sqlite, http"),
        (
            "plugins:\n  epic: {library: x.so}\nsources:\n  a: {kind: plugin, namespace: epik, source: archive}",
            "line 4: sources.a.namespace: no plugin has the namespace `epik`; did you mean `epic`?"
        ),
        ("sources:\n  a: {kind: plugin, namespace: epic}", "line 2: sources.a: `source` is missing"),
        ("plugins:\n  epic: {}", "line 2: plugins.epic: `library` is missing"),
        (
            "plugins:\n  beamline: {library: x.so}",
            "line 2: plugins.beamline: the namespace `beamline` is the gateway's own; choose another"
        ),
        (
            "plugins:\n  e: {library: x.so}",
            "line 2: plugins.e: a namespace is 2 to 16 characters: a letter, then letters or digits, lower case"
        ),
        (
            "plugins:\n  epic: {library: x.so, isolation: none}",
            "line 2: plugins.epic.isolation: must be one of: auto, in-process, worker"
        ),
        ("a: [", "line 2: (file): is not well-formed YAML"),
    ])
    func `a fault is named with its line, its path and the remedy`(text: String, fault: String) {
        let lines = faults(text)
        #expect(lines.contains { $0.hasPrefix("beamline.yaml: \(fault)") }, "\(lines)")
    }

    @Test func `a source that does not exist is named with the nearest that does`() {
        let text = """
            plugins:
              epic: {library: x.so, sources: {panda: epic-database}}
            sources:
              epic-databases: {kind: sqlite, path: x}
            """
        #expect(
            faults(text) == [
                "beamline.yaml: line 2: plugins.epic: source `panda` is bound to `epic-database`, which `sources` does not have; did you mean `epic-databases`?"
            ]
        )
    }

    @Test func `a key given twice is refused`() {
        let lines = faults("plugins:\n  epic: {library: a.so}\n  epic: {library: b.so}")
        #expect(lines.count == 1)
        #expect(lines[0].contains("names a key twice in one mapping: `epic`"))
    }

    @Test func `all faults come at once`() {
        #expect(faults("server: {port: x}\nlimits: {list_page: 0}\nnothing: 1").count == 3)
    }

    @Test func `the development issuer is for loopback alone`() {
        let text = "identity: {development: true}\nserver: {host: 0.0.0.0, publicURL: 'https://gw.example.org'}"
        #expect(faults(text).contains { $0.contains("the development issuer serves loopback only") })
    }

    @Test func `the development issuer does not stand beside real ones`() {
        let text = """
            identity: {development: true}
            issuers:
              iam: {issuer: "https://iam.example.org/", discovery: "https://iam.example.org/x"}
            """
        #expect(faults(text).contains { $0.contains("cannot stand beside real issuers") })
    }

    @Test func `an issuer keeps its exact strings and its claim paths whole`() throws {
        let text = """
            plugins:
              atlas: {library: libATLAS.so}
            issuers:
              iam:
                issuer: ["https://iam.example.org/", "https://iam.example.org"]
                discovery: https://iam.example.org/.well-known/openid-configuration
                token_profile: wlcg
                groups: {claims: [wlcg.groups, [realm_access, roles]], strip_leading_slash: true}
                roles:
                  - {group: atlas, role: atlas.user}
            """
        let issuer = try #require(try parse(text).issuers.first)
        #expect(issuer.issuers == ["https://iam.example.org/", "https://iam.example.org"])
        #expect(issuer.groupClaims == [["wlcg.groups"], ["realm_access", "roles"]])
        #expect(issuer.roles.map(\.role) == ["atlas.user"])
    }

    @Test func `a role of no enabled plugin is refused`() {
        let text = """
            issuers:
              iam:
                issuer: "https://iam.example.org/"
                jwks_url: https://iam.example.org/jwks
                roles: [{group: atlas, role: atlas.user}]
            """
        #expect(faults(text).contains { $0.contains("must be NAMESPACE.ROLE of an enabled plugin") })
    }

    @Test func `an absent file says how to name one`() {
        let faults: ConfigurationFaults?
        do {
            _ = try ConfigurationFile.read("/nonexistent/beamline.yaml")
            faults = nil
        } catch {
            faults = error
        }
        #expect(
            faults?.lines == [
                "/nonexistent/beamline.yaml: line 1: (file): cannot be read; give the path of a YAML file with --config"
            ]
        )
    }
}
