import GatewayConfiguration
import GatewayCore
import JSON
import PluginHosting

/// What an operator gives a plugin with the command that enables it.
struct EnableSettings {
    /// The plugin's name for a source → the name under `sources`.
    let sources: [String: String]
    let settings: JSONValue?
}

/// The plugin that shall be enabled, looked at without running it.
struct EnableCandidate {
    let namespace: String
    let inspection: PluginInspection
    let manifest: PluginManifest
    /// What the configuration says of it already.
    private let present: PluginSettings?

    /// Finds the one plugin that a word means.
    init(_ word: String, namespace: String?, managed: ManagedPlugins, trust: BundleTrust) throws {
        let inspection: PluginInspection
        if namespace == nil, let disabled = managed.configuration.disabledPlugins.first(where: { $0.namespace == word })
        {
            inspection = try Self.inspect(PluginAssembly.path(of: disabled), managed, trust)
            self.namespace = word
        } else {
            inspection = try Self.find(word, managed, trust)
            self.namespace = namespace ?? inspection.manifest?.namespace ?? ""
        }
        guard let manifest = inspection.manifest else {
            throw CommandFailure.notInOrder(
                """
                \(inspection.path) has its manifest only inside, so nobody can see what it wants before it runs; make a \
                bundle of it with `beamline plugin sign`, or lay its manifest beside it as NAME.manifest.json.
                """
            )
        }
        self.inspection = inspection
        self.manifest = manifest
        present = managed.plugin(self.namespace)
        if let present { try managed.checkOwn(present) }
    }

    /// Refuses what the gateway could not load.
    func check(_ given: EnableSettings, trust: BundleTrust) throws {
        if let obstacle = inspection.obstacle(trust) { throw CommandFailure.notInOrder(obstacle) }
        let bound = (present?.sources ?? [:]).merging(given.sources) { _, new in new }
        for need in manifest.sources where need.isRequired && bound[need.name] == nil {
            throw CommandFailure.notInOrder(
                "\(namespace) needs the source \(need.name) (\(need.kind.rawValue)); say --source \(need.name)=NAME-UNDER-SOURCES."
            )
        }
        for name in given.sources.keys.sorted() where !manifest.sources.contains(where: { $0.name == name }) {
            throw CommandFailure.usage("--source: \(namespace) does not ask for a source \(name).")
        }
        do {
            let settings = given.settings?.serialized ?? present?.configuration ?? Array("{}".utf8)
            try manifest.check(configuration: settings)
        } catch {
            throw CommandFailure.notInOrder("\(error.reason) Give all of it with --settings.")
        }
    }

    /// What is written to the file.
    func edit(_ given: EnableSettings) -> PluginEdit {
        var values: [JSONObject.Member] = []
        if present.map(PluginAssembly.path) != inspection.path {
            values.append(.init(name: "library", value: .string(inspection.path)))
        }
        if present?.isEnabled == false { values.append(.init(name: "enabled", value: true)) }
        if !given.sources.isEmpty {
            let sources = (present?.sources ?? [:]).merging(given.sources) { _, new in new }
            let members = sources.sorted { $0.key < $1.key }.map {
                JSONObject.Member(name: $0.key, value: .string($0.value))
            }
            values.append(.init(name: "sources", value: .object(JSONObject(members: members))))
        }
        if let settings = given.settings { values.append(.init(name: "config", value: settings)) }
        return PluginEdit(namespace: namespace, values: values)
    }

    private static func find(_ word: String, _ managed: ManagedPlugins, _ trust: BundleTrust) throws -> PluginInspection
    {
        if word.contains("/") { return try inspect(AbsolutePath.of(word), managed, trust) }
        guard let directory = managed.configuration.pluginsDirectory else {
            throw CommandFailure.notInOrder(
                "\(managed.configurationPath): say where plugins are put, with plugins.directory, or give a path."
            )
        }
        let found: [FoundPlugin]
        do {
            found = try FoundPlugin.all(in: directory, trust: trust, limits: managed.configuration.limits.bundles)
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
        let exact = found.filter { $0.name == word }
        let meant = exact.isEmpty ? found.filter { $0.isCalled(word) } : exact
        guard meant.count < 2 else {
            let names = meant.map(\.name).joined(separator: ", ")
            throw CommandFailure.notInOrder("\(word) may be any of these; say which: \(names).")
        }
        guard let one = meant.first else {
            let names = found.map(\.name).joined(separator: ", ")
            throw CommandFailure.notInOrder(
                "There is no plugin \(word) in \(directory); there are: \(names.isEmpty ? "none" : names)."
            )
        }
        do {
            return try one.result.get()
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
    }

    private static func inspect(
        _ path: String,
        _ managed: ManagedPlugins,
        _ trust: BundleTrust
    ) throws -> PluginInspection {
        do {
            return try PluginInspection(path: path, trust: trust, limits: managed.configuration.limits.bundles)
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
    }
}
