import Authentication
import Catalog
import DataSources
import GatewayConfiguration
import GatewayCore
import HTTPServer
import JSON
import Logging
import MCPModel
import MCPServer
import Observability
import OutboundHTTP
import PluginHosting
import Policy

/// The whole program as objects, built from the bottom to the top; the only place that knows everyone.
struct Assembly {
    let listener: Listener
    let loader: PluginLoader
    let sources: SourceRegistry
    let outbound: OutboundClient
    let developmentIssuer: DevelopmentIssuer?

    /// Builds everything and begins to listen.
    static func start(_ configuration: Configuration, logger: Logger) async throws -> Assembly {
        guard let publicURL = PublicAddress.parse(configuration.server.publicURL) else {
            throw CommandFailure.notInOrder(
                "server.publicURL: must be an http or https URL such as https://gw.example.org"
            )
        }
        let resource = publicURL.text + "/mcp"
        let outbound = try SourceAssembly.outbound(of: configuration)
        let sourceLimits = SourceAssembly.limits(of: configuration.limits)
        let sources = try SourceAssembly.registry(
            of: configuration,
            fetch: outbound,
            limits: sourceLimits,
            logger: logger
        )

        let loader = PluginLoader(logger: logger)
        let plugins = try await load(configuration, loader, sources, sourceLimits, logger)
        let clock = SystemWallClock()
        let policy = try PluginAssembly.policy(plugins, configuration.policy, clock: clock)
        let snapshot = CatalogSnapshot(PluginAssembly.contributions(plugins))
        for refusal in snapshot.refusals { logger.error("\(refusal)") }
        let catalog = Catalog(snapshot, policy: policy, pageSize: configuration.limits.listPage)

        let issuer = try developmentIssuer(configuration, issuerURL: publicURL.origin, resource: resource)
        let records = try issuer.map { [$0.record] } ?? IssuerAssembly.records(of: configuration, resource: resource)
        let endpoint = try endpoint(
            configuration,
            publicURL: publicURL,
            issuers: records,
            fetch: outbound,
            catalog: catalog,
            policy: policy,
            clock: clock,
            logger: logger
        )
        let listener = try await Listener.bind(listenerConfiguration(configuration), handler: endpoint)
        try issuer?.publish()
        return Assembly(
            listener: listener,
            loader: loader,
            sources: sources,
            outbound: outbound,
            developmentIssuer: issuer
        )
    }

    /// Ends what `start` began, in the opposite order; the listener has stopped before.
    func stop() async {
        developmentIssuer?.remove()
        await loader.shutdown(within: .seconds(1))
        await sources.close()
        await outbound.shutdown()
    }

    private static func load(
        _ configuration: Configuration,
        _ loader: PluginLoader,
        _ sources: SourceRegistry,
        _ limits: SourceLimits,
        _ logger: Logger
    ) async throws -> [LoadedPlugin] {
        let reporting = SourceLog(logger: logger)
        let requests = PluginAssembly.requests(of: configuration) { plugin in
            PluginAssembly.services(for: plugin, registry: sources, limits: limits, reporting: reporting)
        }
        var plugins: [LoadedPlugin] = []
        for outcome in await loader.load(requests).map(RuleCheck.checked) {
            switch outcome.result {
            case .success(let plugin): plugins.append(plugin)
            case .failure(let failure) where outcome.isRequired:
                throw CommandFailure.notInOrder("The required plugin \(outcome.path) cannot be used: \(failure.reason)")
            case .failure(let failure) where failure.step == .manifest:
                logger.error("\(failure.reason)", metadata: ["plugin": "\(outcome.path)"])
            case .failure: break
            }
        }
        return plugins
    }

    private static func developmentIssuer(
        _ configuration: Configuration,
        issuerURL: String,
        resource: String
    ) throws -> DevelopmentIssuer? {
        guard configuration.identity.isDevelopment else { return nil }
        try StateFolder.prepare(configuration.state.directory)
        return try DevelopmentIssuer.create(
            issuerURL: issuerURL,
            audience: resource,
            keyFile: StateFolder.developmentKey(in: configuration.state.directory)
        )
    }

    private static func endpoint(
        _ configuration: Configuration,
        publicURL: PublicURL,
        issuers: [IssuerRecord],
        fetch: any HTTPFetch,
        catalog: Catalog,
        policy: PolicyEvaluator,
        clock: any WallClock,
        logger: Logger
    ) throws -> Endpoint {
        let limits = configuration.limits
        let pipeline = CallPipeline(
            routing: catalog,
            policy: policy,
            audit: CallLog(logger: logger),
            limits: CallLimits(
                defaultTimeout: limits.toolTimeout,
                longestTimeout: limits.longestToolTimeout,
                resultBudgetBytes: limits.resultBudgetBytes,
                resultCapBytes: limits.resultCapBytes
            )
        )
        let metadata = ProtectedResourceMetadata(
            resource: publicURL.text + "/mcp",
            authorizationServers: issuers.compactMap(\.issuers.first),
            scopesSupported: policy.baselineScopes,
            resourceName: "Beamline"
        )
        return Endpoint(
            EndpointConfiguration(
                publicURL: publicURL,
                views: EndpointConfiguration.defaultViews(namespaces: configuration.plugins.map(\.namespace)),
                server: Implementation(name: "beamline", version: Version.current, title: "Beamline"),
                resourceMetadata: metadata,
                allowedHosts: Set(configuration.server.allowedHosts),
                allowedOrigins: Set(configuration.server.allowedOrigins),
                isOnLoopback: isLocal(configuration, publicURL),
                messageLimits: JSONLimits(depth: limits.jsonDepth, bytes: limits.requestBodyBytes)
            ),
            tools: catalog,
            pipeline: pipeline,
            authenticator: try BearerAuthenticator(issuers: issuers, fetch: fetch, clock: clock),
            challenge: BearerChallenge(
                metadataURL: publicURL.metadataURL(path: "/mcp"),
                baselineScopes: policy.baselineScopes
            ),
            sessions: SessionStore(limits: .init(sessions: limits.sessions, idleTime: limits.sessionIdle)),
            failures: RefusalLog(logger: logger)
        )
    }

    /// Whether the gateway is for this machine alone: behind a proxy it listens on loopback and serves everybody.
    private static func isLocal(_ configuration: Configuration, _ publicURL: PublicURL) -> Bool {
        ["127.0.0.1", "::1", "localhost"].contains(configuration.server.host)
            && ["127.0.0.1", "[::1]", "localhost"].contains(publicURL.host)
    }

    private static func listenerConfiguration(_ configuration: Configuration) -> ListenerConfiguration {
        ListenerConfiguration(
            host: configuration.server.host,
            port: configuration.server.port,
            maximumBodyBytes: configuration.limits.requestBodyBytes,
            maximumHeaderBytes: configuration.limits.requestHeaderBytes,
            maximumConnections: configuration.limits.connections
        )
    }
}
