import GatewayCore
import JSON

/// What no single value shows: names that must exist, addresses that must fit together.
enum ConfigurationCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        server(configuration) + plugins(configuration) + sources(configuration) + IssuerCheck.faults(of: configuration)
            + audit(configuration) + identity(configuration) + ViewCheck.faults(of: configuration)
            + IdentityCheck.faults(of: configuration) + trust(configuration) + state(configuration.state)
            + SiteRuleCheck.faults(of: configuration) + CredentialCheck.faults(of: configuration)
    }

    private static func state(_ state: StateSettings) -> [ConfigurationFault] {
        guard let database = state.database else { return [] }
        let place = state.place.appending("postgresql")
        var faults: [ConfigurationFault] = []
        if state.sealingKey == nil {
            let message = "all gateways on it must have one `sealing_key`; make it with openssl rand -hex 32"
            faults.append(ConfigurationFault(place, message))
        }
        if database.server.connections < 2 {
            let message = "one connection writes and others read: give at least 2"
            faults.append(ConfigurationFault(place.appending("connections"), message))
        }
        return faults
    }

    private static func trust(_ configuration: Configuration) -> [ConfigurationFault] {
        let trust = configuration.trust
        var faults = trust.inProcess.filter { trust.keys[$0] == nil }.map { name in
            let nearest = NearestName.nearest(to: name, among: trust.keys.keys.sorted()).map {
                "; did you mean `\($0)`?"
            }
            return ConfigurationFault(
                trust.place.appending("in_process"),
                "`\(name)` is no name under `trust.keys`\(nearest ?? "")"
            )
        }
        if trust.requiresSignature, trust.keys.isEmpty {
            faults.append(
                ConfigurationFault(
                    trust.place.appending("require_signature"),
                    "without `trust.keys` no plugin could be loaded but the shipped ones; name a key"
                )
            )
        }
        return faults
    }

    private static func server(_ configuration: Configuration) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        if configuration.server.publicURL.hasSuffix(":0") {
            faults.append(
                ConfigurationFault(
                    configuration.server.place.appending("port"),
                    "with port 0 `publicURL` must be given: clients and tokens need to know it"
                )
            )
        }
        faults += icons(configuration)
        guard let admin = configuration.server.admin else { return faults }
        let place = configuration.server.place.appending("admin")
        if !PublicHost.isLoopback(admin.host), !admin.allowsRemote {
            faults.append(
                ConfigurationFault(
                    place.appending("host"),
                    "the admin listener needs no token, so it listens on loopback; set allow_remote to mean otherwise"
                )
            )
        }
        if admin.port != 0, admin.port == configuration.server.port, admin.host == configuration.server.host {
            faults.append(ConfigurationFault(place.appending("port"), "is the port of `server.port`; choose another"))
        }
        return faults
    }

    private static func icons(_ configuration: Configuration) -> [ConfigurationFault] {
        let icons = configuration.server.icons
        var faults = icons.compactMap { settings -> ConfigurationFault? in
            // Without an address, reading has said so.
            guard !settings.source.isEmpty else { return nil }
            do throws(Icon.Fault) {
                _ = try settings.icon(dataBytes: configuration.limits.iconBytes)
                return nil
            } catch {
                let key = error.member == "mimeType" ? "mime_type" : error.member
                return ConfigurationFault(settings.place.appending(key), error.message)
            }
        }
        if icons.count > Icon.most {
            let place = configuration.server.place.appending("icons")
            faults.append(ConfigurationFault(place, "has more than \(Icon.most) icons"))
        }
        return faults
    }

    private static func plugins(_ configuration: Configuration) -> [ConfigurationFault] {
        let sources = configuration.sources.map(\.name)
        return configuration.plugins.flatMap { plugin in
            var faults: [ConfigurationFault] = []
            if !NamespaceName.isValid(plugin.namespace) {
                faults.append(ConfigurationFault(plugin.place, NamespaceName.rule))
            }
            if plugin.namespace == "beamline" {
                faults.append(
                    ConfigurationFault(
                        plugin.place,
                        "the namespace `beamline` is the gateway's own; choose another"
                    )
                )
            }
            if let pin = plugin.pin, pin.count != 64 || !pin.allSatisfy(\.isHexDigit) {
                faults.append(
                    ConfigurationFault(plugin.place, "`pin` must be the library's SHA-256: 64 hexadecimal digits")
                )
            }
            for (local, source) in plugin.sources.sorted(by: { $0.key < $1.key }) where !sources.contains(source) {
                let nearest = NearestName.nearest(to: source, among: sources).map { "; did you mean `\($0)`?" } ?? ""
                faults.append(
                    ConfigurationFault(
                        plugin.place,
                        "source `\(local)` is bound to `\(source)`, which `sources` does not have\(nearest)"
                    )
                )
            }
            return faults
        }
    }

    private static func sources(_ configuration: Configuration) -> [ConfigurationFault] {
        let brokers = configuration.sources.flatMap { source -> [ConfigurationFault] in
            guard case .stomp(let settings) = source.kind else { return [] }
            return StompCheck.faults(of: settings, at: source.place)
        }
        let files = configuration.sources.compactMap { source -> ConfigurationFault? in
            guard case .file(let settings) = source.kind, !settings.path.isEmpty, FilePath(settings.path) == nil
            else { return nil }
            return ConfigurationFault(
                source.place.appending("path"),
                "must be a relative path without `.`, `..` and empty names, with `{user}` once in a name at most"
            )
        }
        return brokers + files + providedSources(configuration)
    }

    private static func providedSources(_ configuration: Configuration) -> [ConfigurationFault] {
        let namespaces = configuration.plugins.map(\.namespace)
        return configuration.sources.compactMap { source in
            guard case .plugin(let settings) = source.kind, !settings.namespace.isEmpty,
                !namespaces.contains(settings.namespace)
            else { return nil }
            let nearest = NearestName.nearest(to: settings.namespace, among: namespaces)
            return ConfigurationFault(
                source.place.appending("namespace"),
                "no plugin has the namespace `\(settings.namespace)`"
                    + (nearest.map { "; did you mean `\($0)`?" } ?? "")
            )
        }
    }

    private static func audit(_ configuration: Configuration) -> [ConfigurationFault] {
        configuration.audit.clearArguments.compactMap { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count != 2 || parts.contains(where: \.isEmpty) || !parts[0].contains("_") else { return nil }
            return ConfigurationFault(
                configuration.audit.place.appending("clear_arguments"),
                "`\(text)` must be NAMESPACE_TOOL.ARGUMENT, or NAMESPACE_TOOL.* for all of them"
            )
        }
    }

    private static func identity(_ configuration: Configuration) -> [ConfigurationFault] {
        guard configuration.identity.isDevelopment else { return [] }
        let place = configuration.identity.place.appending("development")
        var faults: [ConfigurationFault] = []
        if !PublicHost.isLoopback(configuration.server.host)
            || !PublicHost.isLoopback(PublicHost.host(of: configuration.server.publicURL))
        {
            faults.append(
                ConfigurationFault(
                    place,
                    "the development issuer serves loopback only: server.host and server.publicURL must be 127.0.0.1"
                )
            )
        }
        if !configuration.issuers.isEmpty {
            faults.append(
                ConfigurationFault(
                    place,
                    "the development issuer cannot stand beside real issuers; remove one of them"
                )
            )
        }
        return faults
    }
}
