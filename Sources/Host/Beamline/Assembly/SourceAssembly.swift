import DataSources
import FileSource
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import HTTPSource
import Logging
import MessageSource
import Observability
import OutboundHTTP
import PostgresSource
import SQLiteSource

/// Makes the data sources of the configuration.
enum SourceAssembly {
    /// What sends the gateway's own requests.
    static func outbound(of configuration: Configuration) throws -> OutboundClient {
        try OutboundClient(
            policy: egress(of: configuration),
            settings: OutboundSettings(
                caFile: configuration.trust.authoritiesFile,
                caDirectory: configuration.trust.authoritiesFolder,
                connectTimeout: configuration.limits.outboundConnectTimeout
            ),
            limits: configuration.limits.outbound
        )
    }

    /// The origins of the configuration: sources and issuers, and nothing else, may be reached.
    static func egress(of configuration: Configuration) throws -> EgressPolicy {
        var rules: [EgressRule] = []
        for source in configuration.sources {
            guard case .http(let settings) = source.kind else { continue }
            rules.append(try rule(settings.baseURL, source.place))
        }
        for issuer in configuration.issuers {
            let further = issuer.login?.furtherOrigins ?? []
            let asked = [issuer.introspection?.url, issuer.tokenInfoURL, issuer.userInfoURL]
            for url in ([issuer.discovery, issuer.keySetURL] + asked).compactMap(\.self) + further {
                rules.append(try rule(url, issuer.place))
            }
        }
        return EgressPolicy(rules: rules)
    }

    /// What an operator names may be inside the site's own network.
    private static func rule(_ url: String, _ place: ConfigurationPlace) throws -> EgressRule {
        do {
            return try EgressRule(url: url, allowsPrivateAddresses: true)
        } catch {
            throw CommandFailure.notInOrder("\(place): \(url): \(error)")
        }
    }

    static func registry(
        of configuration: Configuration,
        fetch: any HTTPFetch,
        plugins: PluginDirectory,
        limits: SourceLimits,
        metrics: SourceMetrics,
        logger: Logger
    ) throws -> SourceRegistry {
        var sources: [String: any DataSource] = [:]
        for source in configuration.sources {
            let made: any DataSource
            do {
                made = try make(source, configuration, fetch, plugins)
            } catch {
                let reason = (error as? CommandFailure)?.lines.joined(separator: " ") ?? "\(error)"
                guard !isRequired(source, in: configuration) else {
                    throw CommandFailure.notInOrder("\(source.place): \(reason)")
                }
                logger.error("source cannot be used", metadata: ["source": "\(source.name)", "reason": "\(reason)"])
                made = UnavailableSource(kind: source.sourceKind, reason: reason)
            }
            sources[source.name] = metrics.timing(made, as: source.name)
        }
        return SourceRegistry(sources, limits: limits)
    }

    /// Reads every secret the sources refer to, and forgets it again.
    static func checkSecrets(of configuration: Configuration) throws {
        for source in configuration.sources {
            let secrets: [SettingValue] =
                switch source.kind {
                case .sqlite, .file, .plugin: []
                case .http(let settings):
                    Array(settings.headers.values) + settings.credentials.compactMap(\.clientSecret)
                case .postgresql(let settings): settings.password.map { [$0] } ?? []
                case .stomp(let settings): settings.password.map { [$0] } ?? []
                }
            for secret in secrets { _ = try Secrets.resolve(secret) }
        }
    }

    /// Whether a plugin without which the gateway shall not start is bound to a source.
    private static func isRequired(_ source: SourceSettings, in configuration: Configuration) -> Bool {
        configuration.plugins.contains { $0.isRequired && $0.sources.values.contains(source.name) }
    }

    /// One source, which nothing was asked yet.
    static func make(
        _ source: SourceSettings,
        _ configuration: Configuration,
        _ fetch: any HTTPFetch,
        _ plugins: PluginDirectory
    ) throws -> any DataSource {
        let limits = configuration.limits
        switch source.kind {
        case .sqlite(let settings):
            return try SQLiteSource(
                name: source.name,
                path: settings.path,
                attached: settings.attached.sorted { $0.key < $1.key }.map { (schema: $0.key, path: $0.value) },
                readers: settings.readers,
                maximumRows: limits.queryRows,
                maximumBytes: limits.queryBytes
            )
        case .http(let settings):
            return try HTTPSource(
                name: source.name,
                baseURL: settings.baseURL,
                fetch: fetch,
                headers: try settings.headers.sorted { $0.key < $1.key }.map { name, value in
                    HTTPField(name, try Secrets.resolve(value))
                },
                methods: Set(settings.methods),
                maximumBytes: settings.maximumBytes,
                timeout: settings.timeout
            )
        case .postgresql(let settings):
            return PostgresSource(name: source.name, settings: try PostgresAssembly.settings(settings, limits))
        case .stomp(let settings):
            return MessageSource(
                name: source.name,
                settings: try MessageAssembly.settings(settings, configuration.trust)
            )
        case .file(let settings):
            guard let path = FilePath(settings.path) else { throw CommandFailure.notInOrder("the path is none") }
            return FileSource(
                name: source.name,
                directory: settings.directory,
                path: path,
                maximumBytes: settings.maximumBytes
            )
        case .plugin(let settings):
            return PluginSource(name: settings.source) { plugins[settings.namespace] }
        }
    }
}

extension SourceSettings {
    fileprivate var sourceKind: SourceKind {
        switch kind {
        case .sqlite, .postgresql: .sql
        case .http: .http
        case .stomp: .message
        case .file: .file
        case .plugin: .custom
        }
    }
}
