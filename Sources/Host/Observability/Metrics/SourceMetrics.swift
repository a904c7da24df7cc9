package import GatewayCore

/// Counts what plugins ask of data sources and times what these do.
///
/// `beamline_source_operations_total` has every operation, also one that found no place; `counting` goes in front of
/// what limits a source. `beamline_source_duration_seconds` has the source's own time alone; `timing` goes behind it.
package struct SourceMetrics: Sendable {
    private let operations: MetricSeries<Counter>
    private let durations: MetricSeries<Histogram>

    package init(_ registry: MetricsRegistry) {
        operations = registry.counter(
            "beamline_source_operations_total",
            "Operations plugins asked of data sources, by how they ended.",
            labels: ["source", "outcome"]
        )
        durations = registry.histogram(
            "beamline_source_duration_seconds",
            "How long data sources took for operations, without waiting for a place.",
            labels: ["source"]
        )
    }

    /// The same source, with its operations timed under the configuration's name.
    package func timing(_ source: any DataSource, as name: String) -> any DataSource {
        let durations = durations[name]
        return ObservedSource(source) { _, duration in durations.record(duration) }
    }

    /// The same source, with the ends of its operations counted under the configuration's name.
    package func counting(_ source: any DataSource, as name: String) -> any DataSource {
        let counters = Dictionary(
            uniqueKeysWithValues: SourceOutcome.allCases.map { ($0, operations[name, $0.rawValue]) }
        )
        return ObservedSource(source) { outcome, _ in counters[outcome]?.increment() }
    }
}
