import Synchronization

/// All metrics of the process: registered once, counted without a lock, read at a scrape.
package final class MetricsRegistry: Sendable {
    /// The label value of what is over a metric's limit of series.
    package static let overflowLabel = "other"

    private struct Family: Sendable {
        let description: MetricDescription
        let collect: @Sendable () -> [MetricSample]
    }

    private let limit: Int
    private let families = Mutex<[String: Family]>([:])

    /// Creates a registry whose metrics have at most so many series each, from 1, beside the one for the rest.
    package init(seriesPerMetric limit: Int = 1000) {
        self.limit = max(1, limit)
    }

    /// Registers a counter; a metric registered before under the name gives way.
    package func counter(_ name: String, _ help: String, labels: [String] = []) -> MetricSeries<Counter> {
        series(MetricDescription(name, .counter, help, labels: labels)) { Counter() }
    }

    /// Registers a histogram of durations; a metric registered before under the name gives way.
    package func histogram(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        bounds: [Duration] = Histogram.usualBounds
    ) -> MetricSeries<Histogram> {
        series(MetricDescription(name, .histogram, help, labels: labels)) { Histogram(bounds: bounds) }
    }

    /// Registers a metric whose series are read at every scrape; one registered before under the name gives way.
    ///
    /// `read` answers at once.
    package func observe(_ description: MetricDescription, _ read: @escaping @Sendable () -> [MetricSample]) {
        add(description) { [limit] in
            Array(read().filter { $0.labels.count == description.labels.count }.prefix(limit))
        }
    }

    /// Registers a gauge without labels.
    package func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Double) {
        observe(MetricDescription(name, .gauge, help)) { [MetricSample([], .number(read()))] }
    }

    /// Every metric with its series now, in the order of names and label values.
    package var metrics: [(description: MetricDescription, samples: [MetricSample])] {
        families.withLock { Array($0.values) }
            .sorted { $0.description.name < $1.description.name }
            .map { family in
                (
                    family.description,
                    family.collect().sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
                )
            }
    }

    private func series<Content: SeriesContent>(
        _ description: MetricDescription,
        _ make: @escaping @Sendable () -> Content
    ) -> MetricSeries<Content> {
        let series = MetricSeries(labelCount: description.labels.count, limit: limit, make: make)
        add(description) { series.samples }
        return series
    }

    private func add(_ description: MetricDescription, _ collect: @escaping @Sendable () -> [MetricSample]) {
        families.withLock { $0[description.name] = Family(description: description, collect: collect) }
    }
}
