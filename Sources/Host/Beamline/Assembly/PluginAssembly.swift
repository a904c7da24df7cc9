import Catalog
import DataSources
import DocumentIndex
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import Logging
import PluginHosting
import Policy

/// Turns the plugins of the configuration into loaded ones, and these into catalog and policy.
enum PluginAssembly {
    /// What is asked of the loader, in the order of the file.
    /// - Throws: `CommandFailure` for a key that cannot be used.
    static func requests(
        of configuration: Configuration,
        services: (PluginSettings) -> any HostServing
    ) throws -> [PluginLoadRequest] {
        let trust = try TrustAssembly.trust(of: configuration.trust)
        return configuration.plugins.map { plugin in
            PluginLoadRequest(
                path: path(of: plugin),
                namespace: plugin.namespace,
                pin: plugin.pin,
                isRequired: plugin.isRequired,
                isolation: isolation(plugin.isolation),
                configuration: plugin.configuration,
                services: services(plugin),
                limits: configuration.limits.plugins,
                trust: trust,
                bundleLimits: configuration.limits.bundles
            )
        }
    }

    /// What is asked of the loader of a gateway with sources.
    static func requests(
        of configuration: Configuration,
        sources: PluginSources,
        directory: PluginDirectory,
        logger: Logger
    ) throws -> [PluginLoadRequest] {
        let reporting = SourceLog(logger: logger)
        return try requests(of: configuration) { plugin in
            PluginServices(
                sources: services(
                    for: plugin,
                    sources: sources,
                    limits: configuration.limits.sources,
                    reporting: reporting
                ),
                documents: documents(for: plugin, sources, directory, configuration.limits.documents, logger),
                tools: ToolServices(namespace: plugin.namespace) { directory.catalog }
            )
        }
    }

    /// The documents a plugin may search, under its own names.
    private static func documents(
        for plugin: PluginSettings,
        _ sources: PluginSources,
        _ directory: PluginDirectory,
        _ limits: DocumentLimits,
        _ logger: Logger
    ) -> DocumentServices {
        let namespace = plugin.namespace
        return DocumentServices(
            library: directory.library,
            declared: { directory.declared(by: namespace) },
            bound: { sources.current.collection($0, of: namespace) },
            limits: limits,
            report: { logger.warning("documents in trouble", metadata: ["plugin": "\(namespace)", "detail": "\($0)"]) }
        )
    }

    /// A bare file name means the folder of the executable, where the shipped plugins lie.
    static func path(of plugin: PluginSettings) -> String {
        guard !plugin.library.contains("/") else { return plugin.library }
        return ExecutableFolder.path + "/" + plugin.library
    }

    private static func isolation(_ isolation: PluginSettings.Isolation) -> PluginLoadRequest.Isolation {
        switch isolation {
        case .auto: .auto
        case .inProcess: .inProcess
        case .worker: .worker
        }
    }

    /// The sources a plugin may ask for, under its own names.
    static func services(
        for plugin: PluginSettings,
        sources: PluginSources,
        limits: SourceLimits,
        reporting: any SourceReporting
    ) -> any HostServing {
        let namespace = plugin.namespace
        return SourceServices(
            namespace: namespace,
            bound: { sources.source($0, of: namespace) },
            names: { sources.current.sourceNames(of: namespace) },
            limits: limits,
            reporting: reporting
        )
    }

    /// What the plugins' rules and the site's over them allow.
    /// - Throws: `CommandFailure` with everything that is wrong with them.
    static func policy(
        _ plugins: [LoadedPlugin],
        _ configuration: Configuration,
        clock: any WallClock
    ) throws -> PolicyEvaluator {
        let declarations = Dictionary(plugins.map { ($0.namespace, $0.manifest.auth) }) { first, _ in first }
        do {
            return try PolicyEvaluator(declarations, options: SiteRules.options(of: configuration), clock: clock)
        } catch {
            throw CommandFailure(
                CommandFailure.Code.notInOrder,
                error.problems.map { problem in
                    SiteRules.line(of: problem, in: configuration)
                        ?? "The auth rules of \(problem.namespace): \(problem.problem)"
                }
            )
        }
    }
}
