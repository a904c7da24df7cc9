package import GatewayCore

/// Counts every call: `beamline_calls_total` and `beamline_call_duration_seconds`.
///
/// Labels are the names of the catalog and a fixed set of outcomes; what a caller wrote is never one.
package final class CallMetrics: Auditing {
    /// The counters of one tool, found once.
    private final class ToolSeries: Sendable {
        let durations: Histogram
        private let outcomes: [SetOnce<Counter>]
        private let makeCounter: @Sendable (AuditEvent.Outcome) -> Counter

        init(durations: Histogram, makeCounter: @escaping @Sendable (AuditEvent.Outcome) -> Counter) {
            self.durations = durations
            self.makeCounter = makeCounter
            outcomes = AuditEvent.Outcome.allCases.map { _ in SetOnce() }
        }

        func count(_ outcome: AuditEvent.Outcome) {
            let place = outcomes[outcome.position]
            (place.content ?? place.set(makeCounter(outcome))).increment()
        }
    }

    private let calls: MetricSeries<Counter>
    private let durations: MetricSeries<Histogram>
    private let tools: SetOnceTable<ItemReference, ToolSeries>
    private let unknown: ToolSeries
    private let other: ToolSeries

    /// - Parameters:
    ///   - registry: where the metrics are read.
    ///   - toolLimit: how many tools are told apart; further ones count as `other`.
    package init(_ registry: MetricsRegistry, toolLimit: Int = 1000) {
        let calls = registry.counter(
            "beamline_calls_total",
            "Calls of tools, by how they ended.",
            labels: ["namespace", "tool", "outcome"]
        )
        let durations = registry.histogram(
            "beamline_call_duration_seconds",
            "How long calls took, from their arguments to their answer.",
            labels: ["namespace"]
        )
        self.calls = calls
        self.durations = durations
        tools = SetOnceTable(capacity: toolLimit)
        // No name of a tool or namespace is empty, so that the unknown ones cannot be taken for one.
        unknown = Self.series("", "", calls, durations)
        other = Self.series(MetricsRegistry.overflowLabel, MetricsRegistry.overflowLabel, calls, durations)
    }

    package func record(_ event: AuditEvent) {
        let series = series(of: event.item)
        series.count(event.outcome)
        series.durations.record(event.duration)
    }

    private func series(of item: ItemReference?) -> ToolSeries {
        guard let item else { return unknown }
        let known = tools.value(of: item) { Self.series($0.namespace, $0.localName, calls, durations) }
        return known ?? other
    }

    private static func series(
        _ namespace: String,
        _ tool: String,
        _ calls: MetricSeries<Counter>,
        _ durations: MetricSeries<Histogram>
    ) -> ToolSeries {
        ToolSeries(durations: durations[namespace]) { calls[namespace, tool, $0.description] }
    }
}

extension AuditEvent.Outcome {
    /// The place of the outcome among all.
    fileprivate var position: Int {
        switch self {
        case .answered: 0
        case .toolError: 1
        case .unknownItem: 2
        case .challenged: 3
        case .asked: 4
        case .cancelled: 5
        case .failed(let code): 6 + code.position
        }
    }
}

extension ErrorCode {
    fileprivate var position: Int {
        switch self {
        case .invalidArgument: 0
        case .notFound: 1
        case .forbidden: 2
        case .conflict: 3
        case .unavailable: 4
        case .timeout: 5
        case .tooLarge: 6
        case .rateLimited: 7
        case .approvalRequired: 8
        case .internal: 9
        }
    }
}
