/// Writes metrics as Prometheus reads them (text exposition format 0.0.4).
package enum PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics of a registry now, always in the same order.
    package static func encode(_ registry: MetricsRegistry) -> [UInt8] {
        var text = ""
        for (description, samples) in registry.metrics {
            text += "# HELP \(description.name) \(escaped(description.help))\n"
            text += "# TYPE \(description.name) \(description.kind.rawValue)\n"
            for sample in samples { write(sample, of: description, to: &text) }
        }
        return Array(text.utf8)
    }

    private static func write(_ sample: MetricSample, of description: MetricDescription, to text: inout String) {
        let pairs = zip(description.labels, sample.labels).map { "\($0)=\"\(escaped($1, quotes: true))\"" }
        let name = description.name
        switch sample.value {
        case .count(let count): text += "\(name)\(braced(pairs)) \(count)\n"
        case .number(let number): text += "\(name)\(braced(pairs)) \(written(number))\n"
        case .histogram(let bounds, let snapshot):
            for (bound, count) in zip(bounds.map(written) + ["+Inf"], snapshot.cumulativeCounts) {
                text += "\(name)_bucket\(braced(pairs + ["le=\"\(bound)\""])) \(count)\n"
            }
            text += "\(name)_sum\(braced(pairs)) \(written(snapshot.sum))\n"
            text += "\(name)_count\(braced(pairs)) \(snapshot.cumulativeCounts.last ?? 0)\n"
        }
    }

    private static func braced(_ pairs: [String]) -> String {
        pairs.isEmpty ? "" : "{" + pairs.joined(separator: ",") + "}"
    }

    /// A number as Go's `ParseFloat` reads it; whole ones without a fraction.
    private static func written(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        guard let whole = Int64(exactly: number) else { return String(number) }
        return String(whole)
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
