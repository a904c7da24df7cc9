import Diagnosis
import FoundationEssentials
import GatewayConfiguration

/// Whether the configuration is in order, and its secrets are secrets.
enum ConfigurationDoctor {
    static func findings(_ configuration: Configuration) async -> [Finding] {
        var findings: [Finding] = []
        do {
            try await CheckCommand.check(configuration)
            findings.append(
                Finding(
                    "configuration",
                    .ok,
                    "\(configuration.plugins.count) plugins, \(configuration.sources.count) sources, "
                        + "\(configuration.issuers.count) issuers"
                )
            )
        } catch {
            let lines = (error as? CommandFailure)?.lines ?? ["\(error)"]
            findings += lines.map {
                Finding("configuration", .broken, $0, remedy: "Mend it, and run `beamline check` until it is content.")
            }
        }
        return findings + secrets(of: configuration)
    }

    /// Files of secrets that others than their owner may read or change.
    private static func secrets(of configuration: Configuration) -> [Finding] {
        var values = configuration.issuers.flatMap { [$0.login?.clientSecret, $0.introspection?.clientSecret] }
        values += configuration.identity.clients.map(\.secret)
        values += [configuration.state.sealingKey]
        for source in configuration.sources {
            switch source.kind {
            case .http(let settings):
                values += Array(settings.headers.values).map(Optional.some)
                values += settings.credentials.map(\.clientSecret)
            case .postgresql(let settings): values.append(settings.password)
            case .stomp(let settings): values.append(settings.password)
            case .sqlite, .file, .plugin: break
            }
        }
        let paths = Set(
            values.compactMap { value -> String? in
                if case .file(let path)? = value { path } else { nil }
            }
        )
        return paths.sorted().compactMap { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 else { return nil }
            return Finding(
                "secret \(path)",
                .warning,
                "others than its owner may read or change it",
                remedy: "Run: chmod 600 \(path)"
            )
        }
    }
}
