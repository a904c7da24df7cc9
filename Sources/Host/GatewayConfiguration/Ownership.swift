import JSON

/// What an included file may say: nothing about a namespace it does not own.
struct Ownership {
    private let owned: [String]

    init(_ owned: [String]) {
        self.owned = owned
    }

    func faults(of configuration: Configuration) -> [ConfigurationFault] {
        configuration.plugins.flatMap(faults) + configuration.sources.flatMap(faults)
            + configuration.views.flatMap(faults) + configuration.roles.flatMap(faults)
    }

    private func faults(_ plugin: PluginSettings) -> [ConfigurationFault] {
        guard owned.contains(plugin.namespace) else {
            return [fault(plugin.place, "the namespace `\(plugin.namespace)` is not this file's", plugin.namespace)]
        }
        return plugin.sources.sorted { $0.key < $1.key }.filter { !owns(source: $0.value) }.map { local, source in
            ConfigurationFault(
                plugin.place.appending("sources"),
                "source `\(local)` is bound to `\(source)`, which is not this file's: \(sourceRule)"
            )
        }
    }

    private func faults(_ source: SourceSettings) -> [ConfigurationFault] {
        guard owns(source: source.name) else {
            return [ConfigurationFault(source.place, "the source `\(source.name)` is not this file's: \(sourceRule)")]
        }
        // Whoever says where people's tokens are sent could have them sent to themselves.
        if case .http(let settings) = source.kind, let first = settings.credentials.first(where: \.isOfIssuer) {
            return [ConfigurationFault(first.place, "only the main file says which source gets tokens of an issuer")]
        }
        guard case .plugin(let settings) = source.kind, !owned.contains(settings.namespace) else { return [] }
        return [
            fault(
                source.place.appending("namespace"),
                "the plugin of `\(settings.namespace)` is not this file's",
                settings.namespace
            )
        ]
    }

    private func faults(_ view: ViewSettings) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        if view.namespaces.isEmpty {
            faults.append(ConfigurationFault(view.place, "`namespaces` is missing: a view of this file shows \(list)"))
        }
        for namespace in view.namespaces where !owned.contains(namespace) {
            faults.append(
                fault(view.place.appending("namespaces"), "the namespace `\(namespace)` is not this file's", namespace)
            )
        }
        let path = ViewPath.normalised(view.path)
        let isOwn = owned.contains { path == "/mcp/\($0)" || path.hasPrefix("/mcp/\($0)/") }
        if path == "/mcp" || path.hasPrefix("/mcp/"), !isOwn {
            faults.append(
                ConfigurationFault(
                    view.place.appending("path"),
                    "below /mcp only /mcp/NAMESPACE is this file's, for \(list); choose another path"
                )
            )
        }
        return faults
    }

    private func faults(_ role: RoleSettings) -> [ConfigurationFault] {
        let namespace = String(role.role.prefix { $0 != "." })
        return owned.contains(namespace)
            ? [] : [fault(role.place.appending("role"), "the role `\(role.role)` is not this file's", namespace)]
    }

    private func owns(source: String) -> Bool {
        owned.contains { source == $0 || source.hasPrefix("\($0)-") }
    }

    private func fault(_ place: ConfigurationPlace, _ message: String, _ namespace: String) -> ConfigurationFault {
        let nearest = NearestName.nearest(to: namespace, among: owned).map { "; did you mean `\($0)`?" } ?? ""
        return ConfigurationFault(place, "\(message), which owns \(list)\(nearest)")
    }

    private var list: String { owned.isEmpty ? "nothing" : owned.map { "`\($0)`" }.joined(separator: ", ") }

    private var sourceRule: String {
        let names = owned.map { "`\($0)` or `\($0)-…`" }.joined(separator: ", ")
        return "its sources are named \(names.isEmpty ? "after what it owns" : names)"
    }
}
