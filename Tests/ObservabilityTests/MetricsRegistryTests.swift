import Observability
import Synchronization
import Testing

@Suite("The registry of metrics")
struct MetricsRegistryTests {
    private func labels(_ registry: MetricsRegistry, _ name: String) -> [[String]] {
        registry.metrics.first { $0.description.name == name }?.samples.map(\.labels) ?? []
    }

    @Test func `the same labels are the same series`() {
        let series = MetricsRegistry().counter("c", "C.", labels: ["l"])
        series["a"].increment()
        series["a"].increment()
        #expect(series["a"].value == 2)
        #expect(series["b"].value == 0)
    }

    @Test func `over the limit of series everything counts as other`() {
        let registry = MetricsRegistry(seriesPerMetric: 2)
        let series = registry.counter("c", "C.", labels: ["l", "m"])
        for name in ["a", "b", "c", "d"] { series[name, "x"].increment() }
        series["a", "x"].increment()
        #expect(labels(registry, "c") == [["a", "x"], ["b", "x"], ["other", "other"]])
        #expect(series["a", "x"].value == 2)
        #expect(series["other", "other"].value == 2)
    }

    @Test func `other itself takes no place of the limit`() {
        let registry = MetricsRegistry(seriesPerMetric: 2)
        let series = registry.counter("c", "C.", labels: ["l"])
        for name in ["other", "a", "b", "c"] { series[name].increment() }
        #expect(labels(registry, "c") == [["a"], ["b"], ["other"]])
        #expect(series["other"].value == 2)
    }

    @Test func `label values that do not fit the labels count as other`() {
        let registry = MetricsRegistry()
        registry.counter("c", "C.", labels: ["l"])["a", "b"].increment()
        #expect(labels(registry, "c") == [["other"]])
    }

    @Test func `what is read at a scrape is bounded too`() {
        let registry = MetricsRegistry(seriesPerMetric: 3)
        registry.observe(MetricDescription("g", .gauge, "G.", labels: ["l"])) {
            (0..<5).map { MetricSample(["\($0)"], .number(0)) } + [MetricSample(["x", "y"], .number(0))]
        }
        #expect(labels(registry, "g") == [["0"], ["1"], ["2"]])
    }

    @Test func `a gauge is read at every scrape`() {
        let registry = MetricsRegistry()
        let counter = Counter()
        registry.gauge("g", "G.") { Double(counter.value) }
        #expect(registry.metrics.first?.samples == [MetricSample([], .number(0))])
        counter.increment(by: 7)
        #expect(registry.metrics.first?.samples == [MetricSample([], .number(7))])
    }

    @Test func `a name registered again replaces the first`() {
        let registry = MetricsRegistry()
        registry.gauge("g", "Old.") { 1 }
        registry.gauge("g", "New.") { 2 }
        #expect(registry.metrics.map(\.description.help) == ["New."])
    }

    @Test func `the process tells of itself`() throws {
        let registry = MetricsRegistry()
        ProcessMetrics.register(in: registry, version: "1.2.3")
        #expect(labels(registry, "beamline_build_info") == [["1.2.3"]])
        let memory = try #require(registry.metrics.first { $0.description.name == "process_resident_memory_bytes" })
        guard case .number(let bytes)? = memory.samples.first?.value else {
            Issue.record("no memory")
            return
        }
        #expect(bytes > 100_000 && bytes < 1e12)
        #expect(labels(registry, "process_open_fds") == [[]])
        #expect(labels(registry, "process_start_time_seconds") == [[]])
    }
}
