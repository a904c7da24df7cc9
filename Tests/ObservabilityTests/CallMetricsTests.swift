import GatewayCore
import Observability
import Testing

extension AuditEvent {
    static func test(
        _ tool: String? = "jobs",
        namespace: String = "epic",
        outcome: Outcome = .answered,
        principal: Principal = Principal(issuer: "https://issuer.example.org", subject: "alice"),
        duration: Duration = .milliseconds(3),
        trace: TraceContext? = nil
    ) -> AuditEvent {
        AuditEvent(
            requestID: RequestID(),
            principal: principal,
            item: tool.map { ItemReference(kind: .tool, namespace: namespace, localName: $0) },
            outcome: outcome,
            duration: duration,
            trace: trace
        )
    }
}

@Suite("Metrics of calls")
struct CallMetricsTests {
    private let registry = MetricsRegistry()

    private func count(_ labels: String...) -> UInt64? {
        let metric = registry.metrics.first { $0.description.name == "beamline_calls_total" }
        guard case .count(let count)? = metric?.samples.first(where: { $0.labels == labels })?.value else { return nil }
        return count
    }

    private var seriesCount: Int {
        registry.metrics.first { $0.description.name == "beamline_calls_total" }?.samples.count ?? 0
    }

    @Test(arguments: AuditEvent.Outcome.allCases)
    func `every outcome has a series of its own`(outcome: AuditEvent.Outcome) {
        let metrics = CallMetrics(registry)
        metrics.record(.test(outcome: outcome))
        metrics.record(.test(outcome: outcome))
        #expect(count("epic", "jobs", outcome.description) == 2)
        #expect(seriesCount == 1)
    }

    @Test func `outcomes differ in their words`() {
        #expect(Set(AuditEvent.Outcome.allCases.map(\.description)).count == AuditEvent.Outcome.allCases.count)
    }

    @Test func `a name the caller may not know is no label`() {
        CallMetrics(registry).record(.test(nil, outcome: .unknownItem))
        #expect(count("", "", "unknown_item") == 1)
    }

    @Test func `tools over the limit count together`() {
        let metrics = CallMetrics(registry, toolLimit: 2)
        for tool in ["a", "b", "c", "d", "a"] { metrics.record(.test(tool)) }
        #expect(count("epic", "a", "ok") == 2)
        #expect(count("epic", "b", "ok") == 1)
        #expect(count("other", "other", "ok") == 2)
        #expect(seriesCount == 3)
    }

    @Test func `series stay within the registry's limit whatever the tools do`() {
        let registry = MetricsRegistry(seriesPerMetric: 3)
        let metrics = CallMetrics(registry)
        for tool in 0..<50 { metrics.record(.test("t\(tool)")) }
        let series = registry.metrics.first { $0.description.name == "beamline_calls_total" }?.samples ?? []
        #expect(series.count == 4)
        #expect(series.contains(MetricSample(["other", "other", "other"], .count(47))))
    }

    @Test func `durations are those of the namespace`() {
        let metrics = CallMetrics(registry)
        metrics.record(.test("a", duration: .milliseconds(250)))
        metrics.record(.test("b", duration: .milliseconds(500)))
        let metric = registry.metrics.first { $0.description.name == "beamline_call_duration_seconds" }
        guard case .histogram(_, let snapshot)? = metric?.samples.first(where: { $0.labels == ["epic"] })?.value else {
            Issue.record("no histogram")
            return
        }
        #expect(snapshot.sum == 0.75)
        #expect(snapshot.cumulativeCounts.last == 2)
    }

    @Test func `nothing is lost when many threads count at once`() async {
        let metrics = CallMetrics(registry)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for number in 0..<1000 { metrics.record(.test("t\(number % 100)")) }
                }
            }
        }
        #expect(seriesCount == 100)
        for tool in 0..<100 { #expect(count("epic", "t\(tool)", "ok") == 80) }
    }

    @Test func `several listeners hear every call`() {
        let second = MetricsRegistry()
        FanOutAudit(CallMetrics(registry), CallMetrics(second)).record(.test())
        #expect(count("epic", "jobs", "ok") == 1)
        #expect(second.metrics.contains { $0.samples == [MetricSample(["epic", "jobs", "ok"], .count(1))] })
    }
}
