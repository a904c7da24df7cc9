import GatewayCore
import Logging
import PluginRuntime
import Synchronization

extension PluginLoader {
    /// What becomes of a plugin at a reload.
    package enum ReloadOutcome: Sendable {
        /// Nothing has changed, or it runs in the gateway's process and cannot be replaced there.
        case stays
        case replaced(PluginReplacement)
        case failed(PluginLoadFailure)
    }

    /// Starts new workers where a library, its manifest or its configuration is another one; nobody is sent to them yet.
    /// - Returns: an outcome for each request, in their order.
    package func replacements(_ requests: [PluginLoadRequest]) async -> [ReloadOutcome] {
        var outcomes: [ReloadOutcome] = []
        for request in requests {
            do throws(PluginLoadFailure) {
                let replacement = try await replacement(request)
                outcomes.append(replacement.map { .replaced($0) } ?? .stays)
            } catch {
                logger.error(
                    "A plugin was not replaced, the former stays: \(error.reason)",
                    metadata: ["path": "\(request.path)"]
                )
                outcomes.append(.failed(error))
            }
        }
        return outcomes
    }

    private func replacement(_ request: PluginLoadRequest) async throws(PluginLoadFailure) -> PluginReplacement? {
        guard let present = loaded.withLock({ $0.first { $0.namespace == request.namespace } }),
            let supervisor = present.provider.plugin as? WorkerSupervisor,
            let plan = supervisor.state.withLock({ $0.plan })
        else { return nil }
        let prepared = try await prepare(request)
        let image = WorkerImage(prepared.image)
        guard image.digest != plan.image.digest || request.configuration != plan.configuration else { return nil }
        let ready = try await raise(supervisor, image, prepared)
        do throws(PluginLoadFailure) {
            let manifest = try readManifest(ready.manifest, prepared.manifest, request.limits)
            try check(outsideNamesOf: manifest.tools, present.namespace)
            try manifest.check(configuration: request.configuration)
            let next = WorkerPlan(
                image: image,
                manifest: ready.manifest,
                execution: manifest.execution,
                configuration: request.configuration,
                services: request.services
            )
            return PluginReplacement(
                plugin: present.replaced(by: manifest, origin: prepared.origin, digest: image.digest),
                supervisor: supervisor,
                serving: try await started(supervisor, ready, next),
                plan: next
            )
        } catch {
            ready.link.finish(.stopped)
            throw error
        }
    }

    private func started(
        _ supervisor: WorkerSupervisor,
        _ ready: WorkerWorkshop.Ready,
        _ plan: WorkerPlan
    ) async throws(PluginLoadFailure) -> WorkerSupervisor.Serving {
        do {
            return try await supervisor.start(ready, plan)
        } catch {
            throw PluginLoadFailure(.start, "\(error)")
        }
    }

    /// Ends plugins that were loaded and are not to serve.
    package func end(_ plugins: [LoadedPlugin]) async {
        let namespaces = Set(plugins.map(\.namespace))
        loaded.withLock { $0.removeAll { namespaces.contains($0.namespace) } }
        for plugin in plugins { await plugin.provider.stop(within: plugin.provider.plugin.limits.loaderTime) }
    }

    /// Takes note that replacements serve now.
    package func adopt(_ plugins: [LoadedPlugin]) {
        loaded.withLock { loaded in
            for plugin in plugins {
                guard let position = loaded.firstIndex(where: { $0.namespace == plugin.namespace }) else { continue }
                loaded[position] = plugin
            }
        }
    }

    /// Lets the calls of workers end whose namespaces the configuration names no more, then ends the workers.
    ///
    /// A plugin in the gateway's process stays loaded.
    package func retire(_ namespaces: Set<String>) async {
        let retired = loaded.withLock { loaded in
            let retired = loaded.filter { namespaces.contains($0.namespace) && $0.isolation == .worker }
            loaded.removeAll { plugin in retired.contains { $0.namespace == plugin.namespace } }
            return retired
        }
        await withDiscardingTaskGroup { group in
            for plugin in retired {
                group.addTask { [logger] in
                    await (plugin.provider.plugin as? WorkerSupervisor)?.retire()
                    logger.notice("A plugin was taken out", metadata: ["namespace": "\(plugin.namespace)"])
                }
            }
        }
    }
}

extension LoadedPlugin {
    /// The same plugin from another library or with another configuration; what it lists is not known yet.
    fileprivate func replaced(
        by manifest: PluginManifest,
        origin: PluginOrigin,
        digest: String
    ) -> LoadedPlugin {
        LoadedPlugin(
            namespace: namespace,
            manifest: manifest,
            tools: manifest.tools,
            items: manifest.items,
            provider: provider,
            origin: origin,
            isolation: isolation,
            isolationReason: isolationReason,
            digest: digest,
            warnings: []
        )
    }
}
