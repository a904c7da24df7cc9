import AdminServer
import AuditTrail
import Catalog
import DataSources
import GatewayConfiguration
import GatewayCore
import HTTPServer
import Logging
import MCPServer
import Observability
import PluginHosting
import Provenance

/// What the operator sees of a running gateway: metrics, the request log, readiness.
///
/// Outlives reloads: what a reload replaces is watched under the same name again.
struct Operations {
    let registry = MetricsRegistry()
    let sources: SourceMetrics
    let refusals: RefusalMetrics
    /// Hears of every call.
    let audit: any Auditing
    /// Nil when the site wants none.
    let trail: AuditTrail?
    /// Searches the trail; nil when there is none.
    let auditSearch: AuditSearch?
    /// Nil when the site wants none.
    let provenance: ProvenanceBook?

    init(
        writer: LogWriter,
        threshold: LogThreshold,
        trail: AuditTrail?,
        auditSearch: AuditSearch?,
        provenance: ProvenanceBook?
    ) {
        sources = SourceMetrics(registry)
        refusals = RefusalMetrics(registry)
        self.trail = trail
        self.auditSearch = auditSearch
        self.provenance = provenance
        let (calls, log) = (CallMetrics(registry), RequestLog(writer: writer, threshold: threshold))
        audit = trail.map { FanOutAudit(calls, log, $0) } ?? FanOutAudit(calls, log)
        if let trail { Self.watch(trail, in: registry) }
        if let provenance { Self.watch(provenance, in: registry) }
        ProcessMetrics.register(in: registry, version: Version.current)
        registry.observe(
            MetricDescription("beamline_log_lines_lost_total", .counter, "Log lines lost because nobody read them.")
        ) { [MetricSample([], .count(writer.lostLines))] }
        registry.gauge("beamline_log_lines_waiting", "Log lines that wait to be written.") {
            Double(writer.waitingLines)
        }
    }

    private static func watch(_ trail: AuditTrail, in registry: MetricsRegistry) {
        registry.observe(
            MetricDescription("beamline_audit_calls_lost_total", .counter, "Calls that are not in the audit trail.")
        ) { [MetricSample([], .count(trail.lostCalls))] }
        registry.gauge("beamline_audit_calls_waiting", "Calls that wait to be written to the audit trail.") {
            Double(trail.waitingCalls)
        }
    }

    private static func watch(_ provenance: ProvenanceBook, in registry: MetricsRegistry) {
        registry.observe(
            MetricDescription(
                "beamline_provenance_results_lost_total",
                .counter,
                "Results whose origin is not remembered although they have an id."
            )
        ) { [MetricSample([], .count(provenance.lostResults))] }
        registry.gauge("beamline_provenance_results_waiting", "Results that wait to be remembered.") {
            Double(provenance.waitingResults)
        }
    }

    /// Listens for the site's own people and programs; nil when the configuration has no such listener.
    func listen(_ settings: AdminSettings?, _ readiness: Readiness) async throws -> Listener? {
        guard let settings else { return nil }
        do {
            let binding = try AdminBinding(
                host: settings.host,
                port: settings.port,
                allowsRemote: settings.allowsRemote
            )
            let endpoint = AdminEndpoint(binding, readiness: readiness, metrics: registry)
            return try await Listener.bind(binding.listenerConfiguration, handler: endpoint)
        } catch let error as AdminBindingError {
            throw CommandFailure.notInOrder("server.admin: \(error)")
        } catch let error as ListenerError {
            throw CommandFailure.unreachable(
                "The admin listener cannot listen: \(error). Change server.admin.host or server.admin.port."
            )
        }
    }

    /// What must be in order for the gateway to get requests.
    ///
    /// A source that is down only degrades it: the others are of use, and a source comes back only when it is asked.
    func readiness(
        of configuration: Configuration,
        _ shelf: PluginShelf,
        _ sources: SourceSwitch
    ) -> Readiness {
        shelf.expect(configuration.plugins)
        let audit = trail.map { trail in
            ReadinessCheck("audit") {
                trail.failure == nil ? .healthy : .degraded(reason: "the audit trail cannot be written")
            }
        }
        let origins = provenance.map { provenance in
            ReadinessCheck("provenance") {
                provenance.isFailing ? .degraded(reason: "where results came from cannot be written") : .healthy
            }
        }
        return Readiness(
            [PluginChecks(shelf: shelf)] + [audit, origins].compactMap(\.self) + [SourceChecks(sources: sources)]
        )
    }
}

/// How the plugins are that the present configuration names.
private struct PluginChecks: HealthReporting {
    let shelf: PluginShelf

    var health: [HealthItem] {
        let plugins = shelf.plugins
        return shelf.expected.map { settings in
            let plugin = plugins.first { $0.namespace == settings.namespace }
            return HealthItem(name: "plugin \(settings.namespace)", status: Self.status(of: plugin, settings))
        }
    }

    private static func status(of plugin: LoadedPlugin?, _ settings: PluginSettings) -> HealthItem.Status {
        func serious(_ reason: String) -> HealthItem.Status {
            settings.isRequired ? .failed(reason: reason) : .degraded(reason: reason)
        }
        guard let plugin else { return serious("not loaded; the log says why") }
        if let worker = plugin.provider.worker, worker.pid == nil { return serious("its worker is not there") }
        let lost = plugin.provider.counts.lost
        guard lost == 0 else { return .degraded(reason: "\(lost) of its calls never ended") }
        return switch plugin.provider.health {
        case .ok: .healthy
        case .degraded: .degraded(reason: "it says that it is degraded")
        case .down: serious("it says that it cannot serve, or does not say how it is")
        }
    }
}

/// How the current sources are.
private struct SourceChecks: HealthReporting {
    let sources: SourceSwitch

    var health: [HealthItem] {
        let registry = sources.current.registry
        return registry.names.map { name in
            let health = registry.health(of: name)
            let failure = health?.lastFailure.map { "; last failure: \($0.rawValue)" } ?? ""
            let status: HealthItem.Status =
                switch health?.status {
                case .ok: .healthy
                case .degraded: .degraded(reason: "its latest operation failed or hangs" + failure)
                case .down, nil: .degraded(reason: "out of reach" + failure)
                }
            return HealthItem(name: "source \(name)", status: status)
        }
    }
}
