import AdminServer
import Approvals
import Authentication
import AuthorizationServer
import DataSources
import DocumentIndex
import GatewayConfiguration
import GatewayCore
import GatewayState
import HTTPServer
import LocalFiles
import Logging
import MCPServer
import OutboundHTTP
import PluginHosting
import Policy

/// The whole program as objects, built from the bottom to the top; the only place that knows everyone.
struct Assembly {
    let listener: Listener
    /// For networks that need no token, on sockets of their own.
    let stopSockets: @Sendable () async -> Void
    /// For the site's own people and programs; nil when there is none.
    let admin: Listener?
    let readiness: Readiness
    let loader: PluginLoader
    let sources: SourceSwitch
    /// The plugins by namespace, for the sources that they answer for.
    let directory: PluginDirectory
    /// What answers the listener's requests.
    let handler: SwappableHandler
    /// How another endpoint is built when the configuration changes.
    let endpoints: EndpointAssembly
    let authenticator: BearerAuthenticator
    let approvals: ApprovalGate
    /// What plugins say has changed.
    let listChanges: ListChanges
    /// Has plugins watch what clients watch.
    let watches: ResourceWatches
    /// Keeps to what the operators block.
    let blockKeeper: BlockKeeper
    /// Heeds what else operators do.
    let actKeeper: ActKeeper
    /// What this gateway remembers, and others with the same state.
    let store: StateStore
    /// How commands find this gateway; nil when they cannot.
    let lock: FileLock?
    /// For sources that are asked for callers.
    let acting: SourceActing

    /// Builds everything and begins to listen.
    static func start(
        _ configuration: Configuration,
        operations: Operations,
        logger: Logger
    ) async throws -> Assembly {
        guard let publicURL = PublicAddress.parse(configuration.server.publicURL) else {
            throw CommandFailure.notInOrder(
                "server.publicURL: must be an http or https URL such as https://gw.example.org"
            )
        }
        let lock = GatewayLock.take(in: configuration.state.directory, logger: logger)
        let approvals = try ApprovalGate(
            ApprovalFile(in: configuration.state.directory),
            free: configuration.freeNamespaces,
            logger: logger
        )
        let directory = PluginDirectory(library: DocumentLibrary(path: configuration.documentIndex))
        let acting = SourceActing()
        let sources = SourceSwitch(
            try SourceGeneration(
                of: configuration,
                plugins: directory,
                acting: acting,
                metrics: operations.sources,
                logger: logger
            )
        )
        let listChanges = ListChanges()
        let hub = SubscriptionHub(limits: configuration.limits.subscriptionHub)
        let loader = PluginLoader(
            logger: logger,
            workers: configuration.workers.settings,
            listsChanged: listChanges.note,
            resourceUpdated: { namespace, uri in hub.tellUpdate(of: uri, in: namespace) }
        )
        let plugins = try await load(configuration, loader, sources, directory, approvals, logger)
        for plugin in plugins { directory.put(plugin) }
        let store = try await StateAssembly.store(of: configuration.state)
        let authorization = try AuthorizationAssembly(
            of: configuration,
            publicURL,
            store: store,
            sources: sources,
            operations: operations,
            logger: logger
        )
        let blocks = BlockRegister()
        let endpoints = EndpointAssembly(
            publicURL: publicURL,
            shelf: PluginShelf(plugins, approvals: approvals, hub: hub, logger: logger),
            hub: hub,
            sources: sources,
            sessions: SessionStore(limits: configuration.limits.sessionStore),
            spent: SpentStates(since: SystemWallClock().now, limits: configuration.limits.spentStates),
            developmentIssuer: try developmentIssuer(configuration, publicURL),
            blocks: blocks,
            authorization: authorization,
            credentials: CredentialAssembly(
                acting,
                store: store,
                sources: sources,
                authorization: authorization,
                blocks: blocks,
                operations: operations,
                logger: logger
            ),
            // Tokens of the development issuer end with the gateway.
            revocations: configuration.identity.isDevelopment
                ? nil : ForeignRevocations(store: store, outage: configuration.identity.lifetimes.stateOutage),
            operations: operations,
            logger: logger
        )
        directory.show(on: endpoints.shelf)
        try await endpoints.authorization?.open()
        let blockKeeper = BlockKeeper(
            store: store,
            register: blocks,
            shelf: endpoints.shelf,
            hub: hub,
            audit: operations.audit,
            logger: logger
        )
        try await blockKeeper.begin()
        let authenticator = try endpoints.authenticator(for: configuration)
        let handler = SwappableHandler(try endpoints.endpoint(for: configuration, authenticator: authenticator))
        let listener = try await Listener.bind(ListenerConfiguration(configuration), handler: handler)
        let socketListeners = try await NetworkAssembly.listen(configuration, handler: handler, logger: logger)
        // Only now: a second gateway on a taken port must not replace the key of the first.
        try endpoints.developmentIssuer?.publish()
        operations.watch(listener)
        operations.watch(endpoints.sessions)
        operations.watch(hub)
        let watches = ResourceWatches(for: hub.demand, limits: configuration.limits.watches) { namespace, uri in
            await endpoints.shelf.watch(uri, of: namespace)
        }
        operations.watch(watches)
        operations.watch(endpoints.shelf)
        operations.watch(approvals)
        operations.watch(sources)
        let readiness = operations.readiness(of: configuration, endpoints.shelf, sources)
        return Assembly(
            listener: listener,
            stopSockets: { await NetworkAssembly.stop(socketListeners, configuration) },
            admin: try await operations.listen(configuration.server.admin, readiness),
            readiness: readiness,
            loader: loader,
            sources: sources,
            directory: directory,
            handler: handler,
            endpoints: endpoints,
            authenticator: authenticator,
            approvals: approvals,
            listChanges: listChanges,
            watches: watches,
            blockKeeper: blockKeeper,
            actKeeper: ActKeeper(
                store: store,
                authorization: endpoints.authorization?.lasting,
                hub: hub,
                audit: operations.audit,
                logger: logger
            ),
            store: store,
            lock: lock,
            acting: acting
        )
    }

    /// Ends what `start` began, in the opposite order; the listener has stopped before.
    func stop() async {
        endpoints.developmentIssuer?.remove()
        await stopSockets()
        await loader.shutdown(within: .seconds(1))
        await sources.current.closeNow()
        directory.library.close()
        await endpoints.authorization?.close()
        store.close()
        await admin?.shutdown()
    }

    private static func load(
        _ configuration: Configuration,
        _ loader: PluginLoader,
        _ sources: SourceSwitch,
        _ directory: PluginDirectory,
        _ approvals: ApprovalGate,
        _ logger: Logger
    ) async throws -> [LoadedPlugin] {
        let requests = try PluginAssembly.requests(
            of: configuration,
            sources: PluginSources(sources),
            directory: directory,
            logger: logger
        )
        var plugins: [LoadedPlugin] = []
        for outcome in approvals.checked(await loader.load(requests).map(RuleCheck.checked)) {
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
        _ publicURL: PublicURL
    ) throws -> DevelopmentIssuer? {
        guard configuration.identity.isDevelopment else { return nil }
        try StateFolder.prepare(configuration.state.directory)
        return try DevelopmentIssuer.create(
            // The gateway itself is an issuer, and this is another.
            issuerURL: publicURL.text + "/development",
            audience: publicURL.text + "/mcp",
            user: configuration.identity.developmentUser.name,
            keyFile: StateFolder.developmentKey(in: configuration.state.directory)
        )
    }
}
