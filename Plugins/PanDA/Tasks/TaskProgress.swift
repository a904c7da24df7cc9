import PluginKit

/// How far a task has come, computed from counts: percentages are cut to whole numbers, never rounded up to done.
package struct TaskProgress: Encodable, Hashable, Sendable {
    package let filesTotal: Int?
    package let filesFinished: Int?
    package let filesFailed: Int?
    package let filesMissing: Int?
    package let percentFinished: Int?
    package let percentFailed: Int?
    package let eventsTotal: Int?
    package let eventsUsed: Int?

    package init(_ counts: TaskFileCounts) {
        filesTotal = counts.total
        filesFinished = counts.finished
        filesFailed = counts.failed
        filesMissing = counts.missing
        percentFinished = Self.percent(counts.finished, of: counts.total) ?? counts.reportedPercentFinished
        percentFailed = Self.percent(counts.failed, of: counts.total) ?? counts.reportedPercentFailed
        // A task that does not count events has zero of them.
        eventsTotal = counts.eventsTotal.flatMap { $0 > 0 ? $0 : nil }
        eventsUsed = eventsTotal == nil ? nil : counts.eventsUsed
    }

    private static func percent(_ part: Int?, of whole: Int?) -> Int? {
        guard let part, let whole, whole > 0, part >= 0 else { return nil }
        let (product, isTooLarge) = part.multipliedReportingOverflow(by: 100)
        return isTooLarge ? nil : min(100, product / whole)
    }

    private enum CodingKeys: String, CodingKey {
        case filesTotal = "files_total"
        case filesFinished = "files_finished"
        case filesFailed = "files_failed"
        case filesMissing = "files_missing"
        case percentFinished = "percent_finished"
        case percentFailed = "percent_failed"
        case eventsTotal = "events_total"
        case eventsUsed = "events_used"
    }

    static let schema = Schema.object(
        [
            .optional("files_total", .integer("Input files of the task.")),
            .optional("files_finished", .integer("Those that are processed.")),
            .optional("files_failed", .integer("Those that failed in all attempts.")),
            .optional("files_missing", .integer("Those that are not where they should be.")),
            .optional("percent_finished", .integer("Of the files; cut to a whole number.", minimum: 0, maximum: 100)),
            .optional("percent_failed", .integer("Of the files; cut to a whole number.", minimum: 0, maximum: 100)),
            .optional("events_total", .integer("Input events, where the task counts them.")),
            .optional("events_used", .integer("Those that are processed.")),
        ],
        "How far the task has come."
    )
}
