import PluginKit

/// How many jobs ended well and how many did not.
package struct OutcomeCounts: Encodable, Hashable, Sendable {
    package let finished: Int
    package let failed: Int
    /// Jobs that a person or the system ended.
    package let cancelled: Int
    /// Failed jobs among those that finished or failed, in percent, to one digit; nil where there are none.
    package let failureRatePercent: Double?

    /// Takes counts by state.
    init(_ counts: [String: Int]) {
        finished = counts["finished"] ?? 0
        failed = counts["failed"] ?? 0
        cancelled = (counts["cancelled"] ?? 0) + (counts["closed"] ?? 0)
        failureRatePercent =
            finished + failed > 0 ? Self.rounded(100 * Double(failed) / Double(finished + failed)) : nil
    }

    static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private enum CodingKeys: String, CodingKey {
        case finished, failed, cancelled
        case failureRatePercent = "failure_rate_percent"
    }

    static let properties: [Schema.Property] = [
        .required("finished", .integer(minimum: 0)),
        .required("failed", .integer(minimum: 0)),
        .required("cancelled", .integer("Cancelled or closed.", minimum: 0)),
        .optional("failure_rate_percent", .number("Failed of those that finished or failed.")),
    ]
}

/// How much more than before.
package struct OutcomeChange: Encodable, Hashable, Sendable {
    /// In percent of what there was, to one digit; nil where there was none.
    package let finishedPercent: Double?
    /// The difference of the failure rates in percentage points, to one digit.
    package let failureRatePoints: Double?

    init(from before: OutcomeCounts, to now: OutcomeCounts) {
        finishedPercent =
            before.finished > 0
            ? OutcomeCounts.rounded(100 * Double(now.finished - before.finished) / Double(before.finished)) : nil
        failureRatePoints = now.failureRatePercent.flatMap { rate in
            before.failureRatePercent.map { OutcomeCounts.rounded(rate - $0) }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case finishedPercent = "finished_percent"
        case failureRatePoints = "failure_rate_points"
    }

    static let schema = Schema.object(
        [
            .optional("finished_percent", .number("More finished jobs, in percent; negative for fewer.")),
            .optional("failure_rate_points", .number("A higher failure rate, in percentage points.")),
        ],
        "Against the window before."
    )
}
