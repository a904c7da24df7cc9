import Catalog
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
        var offered: [String: PluginItems]
        /// The plugins the present configuration names.
        var served: [LoadedPlugin] = []
        var catalog: Catalog?
    }

    private let plugins: [LoadedPlugin]
    private let hub: SubscriptionHub
    private let logger: Logger
    private let state: Mutex<State>

    init(_ plugins: [LoadedPlugin], hub: SubscriptionHub, logger: Logger) {
        self.hub = hub
        self.plugins = plugins
        self.logger = logger
        let offered = plugins.map { ($0.namespace, PluginItems(tools: $0.tools, items: $0.items)) }
        state = Mutex(State(offered: Dictionary(offered) { first, _ in first }))
    }

    /// Fills a catalog with what some of the plugins offer, and keeps it up to date from now on.
    func fill(_ catalog: Catalog, with served: [LoadedPlugin]) {
        let snapshot = state.withLock { state in
            state.served = served
            state.catalog = catalog
            return Self.snapshot(of: state)
        }
        for refusal in snapshot.refusals { logger.error("\(refusal)") }
        catalog.replace(with: snapshot)
    }

    /// Asks a plugin again what it offers, and shows what is new.
    func refresh(_ namespace: String) async {
        guard let plugin = plugins.first(where: { $0.namespace == namespace }),
            let beforeItems = state.withLock({ $0.offered[namespace] })
        else { return }
        let now = await plugin.currentItems(before: beforeItems)
        for warning in now.warnings { logger.warning("\(warning)", metadata: ["namespace": "\(namespace)"]) }
        guard now.tools != beforeItems.tools || now.items != beforeItems.items else { return }
        let (catalog, snapshot) = state.withLock { state in
            state.offered[namespace] = now
            return (state.catalog, Self.snapshot(of: state))
        }
        for refusal in snapshot.refusals where refusal.namespace == namespace { logger.error("\(refusal)") }
        if let catalog {
            // Who saw something before is told, and who sees something now.
            let sees: (View, Principal) -> Bool = { catalog.showsAnything(of: namespace, in: $0, to: $1) }
            let before = hub.audience(of: namespace, sees)
            catalog.replace(with: snapshot)
            hub.tell(Self.changedLists(from: beforeItems, to: now), to: before, hub.audience(of: namespace, sees))
        }
        logger.info(
            "a plugin changed what it offers",
            metadata: [
                "namespace": "\(namespace)", "tools": "\(now.tools.count)", "other_items": "\(now.items.count)",
            ]
        )
    }

    private static func changedLists(from before: PluginItems, to now: PluginItems) -> Set<ListKind> {
        var lists: Set<ListKind> = []
        if before.tools != now.tools { lists.insert(.tools) }
        let kinds: (PluginItems, Bool) -> [ItemDescription] = { items, arePrompts in
            items.items.filter { ($0.kind == .prompt) == arePrompts }
        }
        if kinds(before, false) != kinds(now, false) { lists.insert(.resources) }
        if kinds(before, true) != kinds(now, true) { lists.insert(.prompts) }
        return lists
    }

    private static func snapshot(of state: State) -> CatalogSnapshot {
        CatalogSnapshot(
            state.served.map { plugin in
                let offered = state.offered[plugin.namespace]
                return CatalogContribution(
                    namespace: plugin.namespace,
                    source: "plugin \(plugin.manifest.id) \(plugin.manifest.version)",
                    tools: offered?.tools ?? plugin.tools,
                    items: offered?.items ?? plugin.items,
                    provider: plugin.provider,
                    itemProvider: plugin.provider
                )
            }
        )
    }
}
