import JSON

/// What no single value shows: names that must exist, addresses that must fit together.
enum ConfigurationCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        server(configuration) + plugins(configuration) + issuers(configuration) + identity(configuration)
    }

    private static func server(_ configuration: Configuration) -> [ConfigurationFault] {
        guard configuration.server.publicURL.hasSuffix(":0") else { return [] }
        let place = ConfigurationPlace(path: "server.port", line: 1)
        return [fault(place, "with port 0 `server.publicURL` must be given: clients and tokens need to know it")]
    }

    private static func plugins(_ configuration: Configuration) -> [ConfigurationFault] {
        let sources = configuration.sources.map(\.name)
        return configuration.plugins.flatMap { plugin in
            var faults: [ConfigurationFault] = []
            if !isNamespace(plugin.namespace) {
                faults.append(
                    fault(
                        plugin.place,
                        "a namespace is 2 to 16 characters: a letter, then letters or digits, lower case"
                    )
                )
            }
            if plugin.namespace == "beamline" {
                faults.append(fault(plugin.place, "the namespace `beamline` is the gateway's own; choose another"))
            }
            if let pin = plugin.pin, pin.count != 64 || !pin.allSatisfy(\.isHexDigit) {
                faults.append(fault(plugin.place, "`pin` must be the library's SHA-256: 64 hexadecimal digits"))
            }
            for (local, source) in plugin.sources.sorted(by: { $0.key < $1.key }) where !sources.contains(source) {
                let nearest = NearestName.nearest(to: source, among: sources).map { "; did you mean `\($0)`?" }
                faults.append(
                    fault(
                        plugin.place,
                        "source `\(local)` is bound to `\(source)`, which `sources` does not have\(nearest ?? "")"
                    )
                )
            }
            return faults
        }
    }

    private static func issuers(_ configuration: Configuration) -> [ConfigurationFault] {
        let namespaces = configuration.plugins.map(\.namespace)
        return configuration.issuers.flatMap { issuer in
            var faults: [ConfigurationFault] = []
            if issuer.issuers.isEmpty {
                faults.append(fault(issuer.place, "`issuer` is missing: the exact iss of the tokens"))
            }
            if issuer.discovery == nil, issuer.keySetURL == nil {
                faults.append(fault(issuer.place, "give `discovery` or `jwks_url`, so that signatures can be checked"))
            }
            for mapping in issuer.roles {
                let namespace = mapping.role.prefix { $0 != "." }
                guard mapping.role.contains("."), namespaces.contains(String(namespace)) else {
                    faults.append(
                        fault(issuer.place, "role `\(mapping.role)` must be NAMESPACE.ROLE of an enabled plugin")
                    )
                    continue
                }
            }
            return faults
        }
    }

    private static func identity(_ configuration: Configuration) -> [ConfigurationFault] {
        guard configuration.identity.isDevelopment else { return [] }
        let place = ConfigurationPlace(path: "identity.development", line: 1)
        var faults: [ConfigurationFault] = []
        if !isLoopback(configuration.server.host) || !isLoopback(host(of: configuration.server.publicURL)) {
            faults.append(
                fault(
                    place,
                    "the development issuer serves loopback only: server.host and server.publicURL must be 127.0.0.1"
                )
            )
        }
        if !configuration.issuers.isEmpty {
            faults.append(fault(place, "the development issuer cannot stand beside real issuers; remove one of them"))
        }
        return faults
    }

    private static func fault(_ place: ConfigurationPlace, _ message: String) -> ConfigurationFault {
        ConfigurationFault(place, message)
    }

    private static func isNamespace(_ name: String) -> Bool {
        guard (2...16).contains(name.utf8.count), let first = name.utf8.first else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return letters.contains(first) && name.utf8.allSatisfy { letters.contains($0) || digits.contains($0) }
    }

    private static func host(of url: String) -> String {
        let afterScheme = url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first ?? ""
        if afterScheme.hasPrefix("[") { return String(afterScheme.dropFirst().prefix { $0 != "]" }) }
        return String(afterScheme.prefix { $0 != ":" })
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}
