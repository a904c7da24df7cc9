/// How long things take, counted in buckets, from any thread and without a lock.
package final class Histogram: Sendable {
    /// What was counted until one moment.
    package struct Snapshot: Hashable, Sendable {
        /// For each bound, how many took no longer; then how many there were in all.
        package let cumulativeCounts: [UInt64]
        /// All times together, in seconds.
        package let sum: Double
    }

    /// From a millisecond to two minutes, the longest a tool may take.
    package static let usualBounds: [Duration] = [
        .milliseconds(1), .microseconds(2500), .milliseconds(5), .milliseconds(10), .milliseconds(25),
        .milliseconds(50), .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1),
        .milliseconds(2500), .seconds(5), .seconds(10), .seconds(30), .seconds(60), .seconds(120),
    ]

    /// The upper bounds of the buckets, each inclusive, ascending.
    package let bounds: [Duration]
    /// The bounds in nanoseconds, quicker to compare.
    private let limits: [UInt64]
    private let buckets: [Counter]
    private let sum = Counter()

    /// A histogram with these bounds, in any order, and a last bucket for what is longer.
    package init(bounds: [Duration] = Histogram.usualBounds) {
        let bounds = Set(bounds).sorted()
        self.bounds = bounds
        limits = bounds.map(Self.nanoseconds)
        buckets = (0...bounds.count).map { _ in Counter() }
    }

    /// Counts one; a negative duration counts as none.
    package func record(_ duration: Duration) {
        let nanoseconds = Self.nanoseconds(duration)
        var bucket = 0
        while bucket < limits.count, limits[bucket] < nanoseconds { bucket += 1 }
        buckets[bucket].increment()
        sum.increment(by: nanoseconds)
    }

    /// What was counted until now.
    ///
    /// Counts that run while it is taken may be missing from the sum.
    package var snapshot: Snapshot {
        var total: UInt64 = 0
        let cumulative = buckets.map { bucket in
            total += bucket.value
            return total
        }
        return Snapshot(cumulativeCounts: cumulative, sum: Double(sum.value) / 1e9)
    }

    /// Whole nanoseconds, rounded up so that no time falls into a bucket below it; none for a negative duration.
    private static func nanoseconds(_ duration: Duration) -> UInt64 {
        let attoseconds = duration.attoseconds
        // Nearly all durations fit, and are divided much faster.
        if let short = UInt64(exactly: attoseconds), short <= UInt64.max - 999_999_999 {
            return (short + 999_999_999) / 1_000_000_000
        }
        return UInt64(clamping: max(0, attoseconds) / 1_000_000_000)
    }
}
