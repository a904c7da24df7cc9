import Observability
import Testing

@Suite("Metrics as text")
struct PrometheusTextTests {
    private let registry = MetricsRegistry()

    private var text: String { String(decoding: PrometheusText.encode(registry), as: UTF8.self) }

    @Test func `an empty registry is an empty text`() {
        #expect(text == "")
    }

    @Test func `metrics come in the order of their names, series in that of their labels`() {
        let calls = registry.counter("b_total", "Calls.", labels: ["tool", "outcome"])
        calls["zeta", "ok"].increment()
        calls["alpha", "ok"].increment(by: 2)
        calls["alpha", "failed"].increment(by: 3)
        registry.gauge("a_now", "Now.") { 1.5 }
        #expect(
            text == """
                # HELP a_now Now.
                # TYPE a_now gauge
                a_now 1.5
                # HELP b_total Calls.
                # TYPE b_total counter
                b_total{tool="alpha",outcome="failed"} 3
                b_total{tool="alpha",outcome="ok"} 2
                b_total{tool="zeta",outcome="ok"} 1

                """
        )
    }

    @Test func `a histogram has cumulative buckets, a sum and a count`() {
        let series = registry.histogram(
            "d_seconds",
            "Time.",
            labels: ["n"],
            bounds: [.seconds(1), .milliseconds(2500), .milliseconds(100)]
        )
        for duration: Duration in [.milliseconds(100), .milliseconds(101), .seconds(1), .seconds(3), .milliseconds(49)]
        {
            series["x"].record(duration)
        }
        #expect(
            text == """
                # HELP d_seconds Time.
                # TYPE d_seconds histogram
                d_seconds_bucket{n="x",le="0.1"} 2
                d_seconds_bucket{n="x",le="1"} 4
                d_seconds_bucket{n="x",le="2.5"} 4
                d_seconds_bucket{n="x",le="+Inf"} 5
                d_seconds_sum{n="x"} 4.25
                d_seconds_count{n="x"} 5

                """
        )
    }

    @Test func `a time that went backwards counts as none`() {
        registry.histogram("d_seconds", "Time.", bounds: [.seconds(1)])[].record(.seconds(-5))
        #expect(text.contains("d_seconds_bucket{le=\"1\"} 1\n"))
        #expect(text.hasSuffix("d_seconds_sum 0\nd_seconds_count 1\n"))
    }

    @Test func `what could break a line is escaped`() {
        registry.observe(MetricDescription("m", .gauge, "A \\ and\na \"break\".", labels: ["l"])) {
            [MetricSample(["a\\b\"c\nd"], .number(1))]
        }
        #expect(text == "# HELP m A \\\\ and\\na \"break\".\n# TYPE m gauge\nm{l=\"a\\\\b\\\"c\\nd\"} 1\n")
    }

    @Test(arguments: [
        (0.0, "0"), (-3, "-3"), (0.25, "0.25"), (1_732_147_200, "1732147200"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"), (.nan, "NaN"), (1e300, "1e+300"),
    ])
    func `numbers are written as Prometheus reads them`(number: Double, written: String) {
        registry.gauge("m", "M.") { number }
        #expect(text.hasSuffix("\nm \(written)\n"))
    }
}
