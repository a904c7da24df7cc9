/// What a metric is called and what it means.
package struct MetricDescription: Hashable, Sendable {
    /// How a metric's numbers are to be read (Prometheus, "Metric types").
    package enum Kind: String, Hashable, Sendable {
        case counter, gauge, histogram
    }

    /// Such as `beamline_calls_total`, with its unit (Prometheus, "Metric and label naming").
    package let name: String
    package let kind: Kind
    /// One sentence for people.
    package let help: String
    /// The names of its labels; every series has a value for each.
    package let labels: [String]

    package init(_ name: String, _ kind: Kind, _ help: String, labels: [String] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }
}
