import Catalog
import GatewayConfiguration
import GatewayCore
import Logging
import MCPServer
import PluginHosting
import Synchronization

/// What each plugin offers now, and the catalog that shows it to clients.
///
/// Outlives reloads: a new catalog begins with what the plugins said last.
final class PluginShelf: Sendable {
    private struct State {
        var plugins: [LoadedPlugin]
        var offered: [String: PluginItems]
        /// The plugins the present configuration names.
        var served: [LoadedPlugin] = []
        var catalog: Catalog?
        /// The plugins that should be there, whether they are or not.
        var expected: [PluginSettings] = []
    }

    private let approvals: ApprovalGate
    private let hub: SubscriptionHub
    private let logger: Logger
    private let state: Mutex<State>

    init(_ plugins: [LoadedPlugin], approvals: ApprovalGate, hub: SubscriptionHub, logger: Logger) {
        self.hub = hub
        self.approvals = approvals
        self.logger = logger
        let offered = plugins.map { ($0.namespace, PluginItems(tools: $0.tools, items: $0.items)) }
        state = Mutex(State(plugins: plugins, offered: Dictionary(offered) { first, _ in first }))
    }

    /// Every plugin that is there.
    var plugins: [LoadedPlugin] { state.withLock { $0.plugins } }

    /// The plugins of the present configuration, also those that could not be loaded.
    var expected: [PluginSettings] { state.withLock { $0.expected } }

    /// Says which plugins the configuration names now.
    func expect(_ plugins: [PluginSettings]) {
        state.withLock { $0.expected = plugins }
    }

    /// The catalog that is kept up to date; nil before there is one.
    var catalog: Catalog? { state.withLock { $0.catalog } }

    /// Puts plugins in the place of those with their namespaces; `refresh` shows what they list.
    func adopt(_ replacements: [LoadedPlugin]) {
        state.withLock { state in
            state.plugins = state.plugins.map { present in
                replacements.first { $0.namespace == present.namespace } ?? present
            }
        }
    }

    /// Takes plugins in that were not there before.
    func add(_ plugins: [LoadedPlugin]) {
        state.withLock { state in
            state.plugins += plugins
            for plugin in plugins {
                state.offered[plugin.namespace] = PluginItems(tools: plugin.tools, items: plugin.items)
            }
        }
    }

    /// Forgets plugins that have ended.
    func forget(_ namespaces: Set<String>) {
        state.withLock { $0.plugins.removeAll { namespaces.contains($0.namespace) } }
    }

    /// Fills a catalog with what some of the plugins offer, and keeps it up to date from now on.
    func fill(_ catalog: Catalog, with served: [LoadedPlugin]) {
        let snapshot = state.withLock { state in
            state.served = served
            state.catalog = catalog
            return show(state)
        }
        for refusal in snapshot?.refusals ?? [] { logger.error("\(refusal)") }
    }

    /// Asks a plugin again what it offers, shows what is new, and tells clients that listen.
    func refresh(_ namespace: String) async {
        guard let plugin = plugins.first(where: { $0.namespace == namespace }),
            let before = state.withLock({ $0.offered[namespace] })
        else { return }
        let now = await plugin.currentItems(before: before)
        for warning in now.warnings { logger.warning("\(warning)", metadata: ["namespace": "\(namespace)"]) }
        guard now.tools != before.tools || now.items != before.items else { return }
        tell(of: namespace) { state in state.offered[namespace] = now }
        logger.info(
            "a plugin changed what it offers",
            metadata: [
                "namespace": "\(namespace)", "tools": "\(now.tools.count)", "other_items": "\(now.items.count)",
            ]
        )
    }

    /// Shows what was approved meanwhile, and tells clients that listen.
    func showApproved() {
        for plugin in state.withLock({ $0.served }) { tell(of: plugin.namespace) { _ in } }
    }

    /// Makes a change of who sees what of a namespace, and tells clients that listen.
    func telling(of namespace: String, _ change: () -> Void) {
        hub.telling(of: namespace, fingerprint, change: change)
    }

    private func fingerprint(of list: ListKind, in view: View, for principal: Principal) -> UInt64 {
        catalog?.fingerprint(of: list, in: view, for: principal) ?? 0
    }

    private func tell(of namespace: String, _ change: (inout State) -> Void) {
        hub.telling(of: namespace, fingerprint) {
            let snapshot = state.withLock { state in
                change(&state)
                return show(state)
            }
            for refusal in snapshot?.refusals ?? [] where refusal.namespace == namespace { logger.error("\(refusal)") }
        }
    }

    /// Has a plugin watch one of its resources; what there is not now may be there later.
    func watch(_ uri: String, of namespace: String) async -> WatchEnd {
        guard let route = catalog?.route(toLocalResource: uri, of: namespace) else {
            return .over
        }
        return await route.provider.watch(WatchRequest(uri: route.localName, body: route.resourceBody))
    }

    /// Puts what there is now into the catalog, under the lock that guards it: a later state never goes under.
    private func show(_ state: State) -> CatalogSnapshot? {
        guard let catalog = state.catalog else { return nil }
        let snapshot = snapshot(of: state)
        catalog.replace(with: snapshot)
        return snapshot
    }

    private func snapshot(of state: State) -> CatalogSnapshot {
        CatalogSnapshot(
            state.served.map { plugin in
                let offered = state.offered[plugin.namespace]
                let shown = approvals.admitted(
                    offered ?? PluginItems(tools: plugin.tools, items: plugin.items),
                    of: plugin
                )
                return CatalogContribution(
                    namespace: plugin.namespace,
                    source: "plugin \(plugin.manifest.id) \(plugin.manifest.version)",
                    tools: shown.tools,
                    items: shown.items,
                    routing: plugin.manifest.routing,
                    provider: plugin.provider,
                    itemProvider: plugin.provider
                )
            }
        )
    }
}
