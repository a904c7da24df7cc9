import Synchronization

/// What a metric keeps for each of its label values; so many of them and no more.
package protocol SeriesContent: AnyObject, Sendable {
    /// What a scrape sees.
    var sampleValue: MetricSample.Value { get }
}

extension Counter: SeriesContent {
    package var sampleValue: MetricSample.Value { .count(value) }
}

extension Histogram: SeriesContent {
    package var sampleValue: MetricSample.Value {
        .histogram(bounds: bounds.map { $0 / .seconds(1) }, snapshot)
    }
}

/// The series of one metric.
///
/// Finding one takes a lock and a lookup: who counts often keeps what was found.
package final class MetricSeries<Content: SeriesContent>: Sendable {
    private let limit: Int
    private let labelCount: Int
    private let make: @Sendable () -> Content
    private let contents = Mutex<[[String]: Content]>([:])

    /// - Parameters:
    ///   - labelCount: how many labels the metric has.
    ///   - limit: how many series there may be, from 1, beside the one in which every label is `other`.
    ///   - make: makes the content of a new series.
    init(labelCount: Int, limit: Int, make: @escaping @Sendable () -> Content) {
        self.limit = max(1, limit)
        self.labelCount = labelCount
        self.make = make
    }

    /// The series of these label values, made when it is new.
    ///
    /// When there are too many, or the number of values is not that of the labels, the one in which every value is
    /// `other`.
    package subscript(_ labels: String...) -> Content { self[labels] }

    package subscript(_ labels: [String]) -> Content {
        contents.withLock { contents in
            if let known = contents[labels] { return known }
            let other = [String](repeating: MetricsRegistry.overflowLabel, count: labelCount)
            let isRoom = contents.count - (contents[other] == nil ? 0 : 1) < limit
            let kept = isRoom && labels.count == labelCount ? labels : other
            if let known = contents[kept] { return known }
            let content = make()
            contents[kept] = content
            return content
        }
    }

    var samples: [MetricSample] {
        contents.withLock { contents in contents.map { MetricSample($0.key, $0.value.sampleValue) } }
    }
}
