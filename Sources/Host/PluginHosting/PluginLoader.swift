import GatewayCore
package import Logging
import Synchronization

/// Loads the plugins the configuration names, and ends them.
///
/// One that cannot be loaded stops nothing else.
package final class PluginLoader: Sendable {
    private let logger: Logger
    /// Told the namespace whose plugin says that its dynamic items changed.
    private let listsChanged: @Sendable (String) -> Void
    private let resourceUpdated: @Sendable (_ namespace: String, _ uri: String) -> Void
    private let loaded = Mutex<[LoadedPlugin]>([])

    package init(
        logger: Logger,
        listsChanged: @escaping @Sendable (String) -> Void = { _ in },
        resourceUpdated: @escaping @Sendable (_ namespace: String, _ uri: String) -> Void = { _, _ in }
    ) {
        self.logger = logger
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
        guard request.isolation != .worker else {
            throw PluginLoadFailure(
                .isolation,
                "This build has no plugin workers; set isolation to in-process for \(request.path) or leave it out."
            )
        }
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
        let library = try await openLibrary(prepared, request.limits, log)
        let manifest = try readManifest(library, prepared.manifest, request.limits)
        let namespace = request.namespace ?? manifest.namespace
        try check(namespace)
        try check(outsideNamesOf: manifest.tools, namespace)
        try claims.claim(namespace, for: request.path)
        do throws(PluginLoadFailure) {
            try manifest.check(configuration: request.configuration)
            let instance = try await start(library, request, manifest, log)
            let provider = InProcessPlugin(
                namespace: namespace,
                instance: instance,
                providedSources: Set(manifest.provides.map(\.name)),
                logger: logger
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
                isolation: .inProcess,
                isolationReason: request.isolation == .auto
                    ? "this build runs every plugin in process" : "the configuration says so",
                digest: prepared.image.digest,
                warnings: offered.warnings
            )
        } catch {
            claims.release(namespace)
            throw error
        }
    }
}
