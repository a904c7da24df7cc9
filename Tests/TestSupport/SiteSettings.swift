/// What a test's gateway is configured with.
package struct SiteSettings: Sendable {
    /// The library of each namespace; a bare name is one of this build.
    package var libraries = ["atlas": "libATLAS.so", "epic": "libePIC.so", "rubin": "libRubin.so"]
    /// The configuration of each plugin, as YAML on one line.
    package var configurations = [
        "atlas": #"{monitor_url: "https://atlas.example.org"}"#,
        "epic": #"{monitor_url: "https://epic.example.org/prod", panda_monitor_url: "https://panda.example.org"}"#,
        "rubin": #"{monitor_url: "https://rubin.example.org:8443"}"#,
    ]
    /// The namespaces whose plugins may change their lists as they like.
    package var free: Set<String> = []
    /// Where each plugin runs; without a word it is where its origin allows.
    package var isolation: [String: String] = [:]
    /// The collections of documents of each plugin, as YAML on one line.
    package var documents: [String: String] = [:]
    /// The namespaces without which the gateway shall not start.
    package var required: Set<String> = []
    /// Where the ATLAS monitor answers; nil for the shared server of recorded answers.
    package var monitorPort: Int?
    /// How it is asked for callers, as YAML on one line.
    package var monitorCredentials = "[]"
    /// ePIC's databases in a PostgreSQL server on this machine; nil for the sample in SQLite.
    package var epicDatabase: (name: String, port: Int)?
    /// The broker of the plugin of watched notes, as YAML on one line; nil for none.
    package var broker: String?
    /// Further sources by name, as YAML on one line.
    package var furtherSources: [String: String] = [:]
    /// Which of them the ePIC plugin gets, by its own names.
    package var furtherBindings: [String: [String: String]] = [:]
    /// The same for ePIC.
    package var epicBindings: [String: String] {
        get { furtherBindings["epic"] ?? [:] }
        set { furtherBindings["epic"] = newValue }
    }
    /// How `/mcp` and `/mcp/<namespace>` show their tools: tests ask for tools, not for how many a site has.
    package var listing = "all"
    /// Who gives the tokens: the lines of `identity` and `issuers`.
    package var identity = developmentIdentity
    /// The development issuer, whose tokens `GatewayProcess.token` makes.
    package static let developmentIdentity = "identity: {development: true}"
    /// Lines of `state` beside its folder, as YAML.
    package var stateLines: [String] = []
    /// What the outside calls the gateway; nil for its own address.
    package var publicURL: String?
    /// Lines added at the end of the file.
    package var furtherLines = ""

    package init() {}

    /// The configuration file's text.
    func text(port: Int, replayPort: Int, data: String, state: String) -> String {
        let plugins = libraries.keys.sorted().map { namespace in
            """
              \(namespace):
                library: \(libraries[namespace] ?? "")
                isolation: \(isolation[namespace] ?? "auto")
                required: \(required.contains(namespace))
                dynamic_items: \(free.contains(namespace) ? "allow" : "wait")
                sources: \(bindings(of: namespace))
                documents: \(documents[namespace] ?? "{}")
                config: \(configurations[namespace] ?? "{}")
            """
        }
        return """
            server:
              host: 127.0.0.1
              port: \(port)
              publicURL: \(publicURL ?? "http://127.0.0.1:\(port)")
              listing: \(listing)
            \(identity)
            plugins:
            \(plugins.joined(separator: "\n"))
            sources:
              epic-databases:
                \(epicSource(data: data).joined(separator: "\n    "))
              atlas-monitor:
                kind: http
                base_url: http://127.0.0.1:\(monitorPort ?? replayPort)/atlas
                timeout: 2m
                credentials: \(monitorCredentials)
              epic-monitor:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/epic
              rubin-idds:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/rubin/idds
              rubin-monitor:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/rubin
              atlas-cric:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/cric/atlas
              rubin-cric:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/cric/rubin
              atlas-rucio:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/rucio
              rubin-rucio:
                kind: http
                base_url: http://127.0.0.1:\(replayPort)/rucio
            \(libraries["watch"] == nil ? "" : Self.archive)
            \(broker.map { "  watch-broker: \($0)" } ?? "")
            \(furtherSources.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined(separator: "\n"))
            state:
              directory: \(state)\(stateLines.map { "\n  " + $0 }.joined())
            \(furtherLines)
            """
    }

    private func bindings(of namespace: String) -> String {
        var bindings = Self.sources[namespace] ?? [:]
        if namespace == "watch", broker != nil { bindings["broker"] = "watch-broker" }
        bindings.merge(furtherBindings[namespace] ?? [:]) { $1 }
        return "{\(bindings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    }

    private func epicSource(data: String) -> [String] {
        guard let epicDatabase else {
            return ["kind: sqlite", "path: \(data)/swf.sqlite", "attach: {doma_panda: \(data)/doma_panda.sqlite}"]
        }
        return [
            "kind: postgresql", "host: 127.0.0.1", "port: \(epicDatabase.port)", "database: \(epicDatabase.name)",
            "user: postgres", "ssl_mode: disable",
        ]
    }

    /// What the plugin of watched notes answers for.
    private static let archive = "  watch-archive: {kind: plugin, namespace: watch, source: archive}"

    private static let sources = [
        "atlas": ["monitor": "atlas-monitor", "cric": "atlas-cric", "rucio": "atlas-rucio"],
        "epic": ["panda": "epic-databases", "testbed": "epic-databases", "panda_monitor": "epic-monitor"],
        "eic": ["panda": "epic-databases", "testbed": "epic-databases"],
        "rubin": ["idds": "rubin-idds", "monitor": "rubin-monitor", "cric": "rubin-cric", "rucio": "rubin-rucio"],
        "watch": ["archive": "watch-archive"],
    ]
}
