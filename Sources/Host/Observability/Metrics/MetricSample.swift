/// One series of a metric at the moment of a scrape.
package struct MetricSample: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case count(UInt64)
        case number(Double)
        /// A histogram with the bounds of its buckets, in seconds.
        case histogram(bounds: [Double], Histogram.Snapshot)
    }

    /// The values of the metric's labels, in their order.
    package let labels: [String]
    package let value: Value

    package init(_ labels: [String] = [], _ value: Value) {
        self.labels = labels
        self.value = value
    }
}
