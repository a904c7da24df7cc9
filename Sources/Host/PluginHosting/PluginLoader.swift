import GatewayCore
package import Logging
import PluginRuntime
import Synchronization

/// Loads the plugins the configuration names, and ends them.
///
/// One that cannot be loaded stops nothing else.
package final class PluginLoader: Sendable {
    let logger: Logger
    /// Told the namespace whose plugin says that its dynamic items changed.
    private let listsChanged: @Sendable (String) -> Void
    private let resourceUpdated: @Sendable (_ namespace: String, _ uri: String) -> Void
    private let workers: WorkerSettings
    private let sharedWorkshop = Mutex<WorkerWorkshop?>(nil)
    let loaded = Mutex<[LoadedPlugin]>([])

    package init(
        logger: Logger,
        workers: WorkerSettings = WorkerSettings(),
        listsChanged: @escaping @Sendable (String) -> Void = { _ in },
        resourceUpdated: @escaping @Sendable (_ namespace: String, _ uri: String) -> Void = { _, _ in }
    ) {
        self.logger = logger
        self.workers = workers
        self.resourceUpdated = resourceUpdated
        self.listsChanged = listsChanged
    }

    /// Loads and starts plugins, all at once.
    /// - Returns: an outcome for each request, in their order.
    package func load(_ requests: [PluginLoadRequest]) async -> [PluginLoadOutcome] {
        let claims = NamespaceClaims(taken: loaded.withLock { $0.map(\.namespace) })
        let outcomes = await withTaskGroup(of: PositionedOutcome.self) { group in
            for (position, request) in requests.enumerated() {
                group.addTask {
                    PositionedOutcome(position: position, outcome: await self.outcome(of: request, claims))
                }
            }
            var outcomes: [PositionedOutcome] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.position < $1.position }.map(\.outcome)
        }
        precondition(outcomes.count == requests.count, "Every plugin asked for has an outcome.")
        for (request, outcome) in zip(requests, outcomes) { report(request, outcome.result) }
        return outcomes
    }

    /// An outcome and which request it answers.
    private struct PositionedOutcome: Sendable {
        let position: Int
        let outcome: PluginLoadOutcome
    }

    private func outcome(of request: PluginLoadRequest, _ claims: NamespaceClaims) async -> PluginLoadOutcome {
        let result: Result<LoadedPlugin, PluginLoadFailure>
        do {
            result = .success(try await load(request, claims))
        } catch {
            result = .failure(error)
        }
        return PluginLoadOutcome(path: request.path, isRequired: request.isRequired, result: result)
    }

    /// Stops and destroys all plugins, the last loaded first.
    package func shutdown(within limit: Duration = .seconds(10)) async {
        let plugins = loaded.withLock { plugins in
            defer { plugins.removeAll() }
            return plugins
        }
        let deadline = Deadline.after(limit)
        for plugin in plugins.reversed() {
            await plugin.provider.stop(within: max(deadline.remaining, .milliseconds(100)))
        }
        sharedWorkshop.withLock { $0.take() }?.end()
    }

    /// Where workers are started, made with the first of them.
    func workshop() throws(PluginLoadFailure) -> WorkerWorkshop {
        let result = sharedWorkshop.withLock { workshop -> Result<WorkerWorkshop, PluginLoadError> in
            if let workshop { return .success(workshop) }
            do throws(PluginLoadError) {
                let made = try WorkerWorkshop(workers)
                workshop = made
                return .success(made)
            } catch {
                return .failure(error)
            }
        }
        do {
            return try result.get()
        } catch {
            throw PluginLoadFailure(.isolation, "\(error)")
        }
    }

    private func report(_ request: PluginLoadRequest, _ result: Result<LoadedPlugin, PluginLoadFailure>) {
        switch result {
        case .success(let plugin):
            loaded.withLock { $0.append(plugin) }
            logger.info(
                "Plugin loaded",
                metadata: [
                    "namespace": "\(plugin.namespace)", "version": "\(plugin.manifest.version)",
                    "tools": "\(plugin.tools.count)", "sha256": "\(plugin.digest)",
                    "isolation": "\(plugin.isolation.rawValue)", "because": "\(plugin.isolationReason)",
                ]
            )
            for warning in plugin.warnings {
                logger.warning("\(warning)", metadata: ["namespace": "\(plugin.namespace)"])
            }
        case .failure(let failure):
            logger.error("Plugin not loaded: \(failure.reason)", metadata: ["path": "\(request.path)"])
        }
    }

    // MARK: - One plugin

    private func load(
        _ request: PluginLoadRequest,
        _ claims: NamespaceClaims
    ) async throws(PluginLoadFailure) -> LoadedPlugin {
        if let namespace = request.namespace { try check(namespace) }
        let prepared = try await prepare(request)
        var logger = logger
        logger[metadataKey: "plugin"] = "\(prepared.label)"
        let notice = NoticeOfChange(listsChanged, updated: resourceUpdated)
        let log = PluginLog(
            logger: logger,
            changed: { notice.send() },
            updated: { notice.sendUpdate(of: $0) }
        )
        let placement = PluginPlacement.decide(request.isolation, origin: prepared.origin)
        let opened = try await open(prepared, placement, request, log)
        do throws(PluginLoadFailure) {
            return try await serve(opened, prepared, placement, request, log, notice, claims)
        } catch {
            opened.discard()
            throw error
        }
    }

    private func serve(
        _ opened: Opened,
        _ prepared: Prepared,
        _ placement: PluginPlacement,
        _ request: PluginLoadRequest,
        _ log: PluginLog,
        _ notice: NoticeOfChange,
        _ claims: NamespaceClaims
    ) async throws(PluginLoadFailure) -> LoadedPlugin {
        let manifest = try readManifest(opened.manifest, prepared.manifest, request.limits)
        let namespace = request.namespace ?? manifest.namespace
        try check(namespace)
        try check(outsideNamesOf: manifest.tools, namespace)
        try claims.claim(namespace, for: request.path)
        do throws(PluginLoadFailure) {
            try manifest.check(configuration: request.configuration)
            let plugin = try await start(opened, request, manifest, log)
            let provider = HostedPlugin(
                namespace: namespace,
                plugin: plugin,
                tools: manifest.tools,
                providedSources: Set(manifest.provides.map(\.name)),
                logger: log.logger
            )
            notice.open(namespace)
            let offered = await provider.currentItems(
                manifest,
                before: PluginItems(tools: manifest.tools, items: manifest.items)
            )
            return LoadedPlugin(
                namespace: namespace,
                manifest: manifest,
                tools: offered.tools,
                items: offered.items,
                provider: provider,
                origin: prepared.origin,
                isolation: placement.mode,
                isolationReason: placement.reason,
                digest: prepared.image.digest,
                warnings: offered.warnings
            )
        } catch {
            claims.release(namespace)
            throw error
        }
    }
}
