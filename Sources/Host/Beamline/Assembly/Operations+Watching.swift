import Catalog
import DataSources
import GatewayCore
import HTTPServer
import MCPServer
import Observability
import PluginHosting

/// What is read at a scrape.
extension Operations {
    func watch(_ listener: Listener) {
        registry.gauge("beamline_http_connections_open", "Connections of clients that are served.") {
            Double(listener.openConnections)
        }
    }

    func watch(_ hub: SubscriptionHub) {
        registry.gauge("beamline_listen_streams", "Streams that tell clients of changes.") { Double(hub.count) }
    }

    func watch(_ watches: ResourceWatches) {
        registry.gauge("beamline_resources_watched", "Resources that plugins watch for clients.") {
            Double(watches.count)
        }
    }

    func watch(_ sessions: SessionStore) {
        registry.gauge("beamline_sessions", "Sessions of clients of the session era.") { Double(sessions.count) }
    }

    /// Watches the catalog and the calls through a pipeline, in place of those watched before.
    func watch(_ catalog: Catalog, _ pipeline: CallPipeline) {
        registry.gauge("beamline_catalog_tools", "Tools in the catalog.") { Double(catalog.snapshot.toolCount) }
        registry.observe(
            MetricDescription("beamline_calls_running", .gauge, "Calls under way.", labels: ["namespace"])
        ) {
            pipeline.admission.load.byNamespace.map { MetricSample([$0.key], .number(Double($0.value))) }
        }
    }

    func watch(_ shelf: PluginShelf) {
        observe(shelf, "beamline_plugin_calls_open", .gauge, "Calls a plugin has.") { .number(Double($0.open)) }
        observe(shelf, "beamline_plugin_calls_waiting", .gauge, "Calls that wait for their turn at a plugin.") {
            .number(Double($0.waiting))
        }
        observe(shelf, "beamline_plugin_calls_lost", .gauge, "Calls a plugin never ended, which hold places.") {
            .number(Double($0.lost))
        }
        observe(
            shelf,
            "beamline_plugin_stale_completions_total",
            .counter,
            "Completions that were late, doubled or invented."
        ) { .count($0.staleCompletions) }
        registry.observe(
            MetricDescription(
                "beamline_plugin_info",
                .gauge,
                "Always 1; which plugins run, where and why there.",
                labels: ["namespace", "version", "isolation", "because"]
            )
        ) {
            shelf.plugins.map { plugin in
                let place = [plugin.isolation.rawValue, plugin.isolationReason]
                return MetricSample([plugin.namespace, plugin.manifest.version] + place, .number(1))
            }
        }
        watchHealth(of: shelf)
    }

    private func watchHealth(of shelf: PluginShelf) {
        observe(
            shelf,
            "beamline_plugin_health",
            .gauge,
            "How a plugin says it is: 1, 0.5 when degraded, 0 when it cannot serve or does not say."
        ) { (plugin: LoadedPlugin) in
            switch plugin.provider.health {
            case .ok: .number(1)
            case .degraded: .number(0.5)
            case .down: .number(0)
            }
        }
        observe(shelf, "beamline_plugin_worker_up", .gauge, "Whether a worker of the plugin serves.") {
            $0.provider.worker.map { .number($0.pid == nil ? 0 : 1) }
        }
        observe(shelf, "beamline_plugin_worker_memory_bytes", .gauge, "Private memory of the worker that serves.") {
            $0.provider.worker.map { .number(Double($0.memoryBytes)) }
        }
        observe(
            shelf,
            "beamline_plugin_worker_restarts_total",
            .counter,
            "How often another worker took the place of one that was gone."
        ) { $0.provider.worker.map { .count($0.restarts) } }
    }

    func watch(_ approvals: ApprovalGate) {
        registry.observe(
            MetricDescription(
                "beamline_plugin_items_withheld",
                .gauge,
                "Items of a plugin that wait for approval.",
                labels: ["namespace"]
            )
        ) { approvals.withheld.map { MetricSample([$0.namespace], .number(Double($0.count))) } }
    }

    func watch(_ sources: SourceSwitch) {
        observe(sources, "beamline_source_running", .gauge, "Operations that hold a place at a source.") {
            .number(Double($0.running))
        }
        observe(sources, "beamline_source_waiting", .gauge, "Operations that wait for a place at a source.") {
            .number(Double($0.waiting))
        }
        observe(sources, "beamline_source_overdue", .gauge, "Operations that have outlived their deadline.") {
            .number(Double($0.overdue))
        }
        observe(sources, "beamline_source_up", .gauge, "Whether a source is asked: 1, or 0 while it is down.") {
            .number($0.status == .down ? 0 : 1)
        }
        observe(sources, "beamline_source_downs_total", .counter, "How often a source has gone down.") {
            .count(UInt64($0.timesDown))
        }
    }

    private func observe(
        _ shelf: PluginShelf,
        _ name: String,
        _ kind: MetricDescription.Kind,
        _ help: String,
        _ value: @escaping @Sendable (PluginCounts) -> MetricSample.Value
    ) {
        observe(shelf, name, kind, help) { (plugin: LoadedPlugin) in value(plugin.provider.counts) }
    }

    /// A plugin without a value has no sample.
    private func observe(
        _ shelf: PluginShelf,
        _ name: String,
        _ kind: MetricDescription.Kind,
        _ help: String,
        _ value: @escaping @Sendable (LoadedPlugin) -> MetricSample.Value?
    ) {
        registry.observe(MetricDescription(name, kind, help, labels: ["namespace"])) {
            shelf.plugins.compactMap { plugin in value(plugin).map { MetricSample([plugin.namespace], $0) } }
        }
    }

    private func observe(
        _ sources: SourceSwitch,
        _ name: String,
        _ kind: MetricDescription.Kind,
        _ help: String,
        _ value: @escaping @Sendable (SourceHealth) -> MetricSample.Value
    ) {
        registry.observe(MetricDescription(name, kind, help, labels: ["source"])) {
            let registry = sources.current.registry
            return registry.names.compactMap { source in
                registry.health(of: source).map { MetricSample([source], value($0)) }
            }
        }
    }
}
