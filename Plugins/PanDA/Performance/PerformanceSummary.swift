package import JSON
package import PluginKit

/// How work went in a window: outcomes, usage, errors, and what changed against the window before.
package struct PerformanceSummary: Encodable, Sendable {
    /// The jobs of one name.
    package struct Group: Encodable, Sendable {
        package let name: String
        package let jobs: OutcomeCounts
        package let usage: UsageLine
    }

    /// The window before, and how it went.
    package struct Previous: Encodable, Sendable {
        package let window: Window
        package let jobs: OutcomeCounts
        package let change: OutcomeChange
    }

    package let summary: String
    package let jobs: OutcomeCounts
    package let usage: UsageLine
    package let previous: Previous?
    package let groups: [Group]
    package let groupsLeftOut: Int
    package let topErrors: [TaskErrorCount]
    package let tasksByStatus: JSONValue
    package let window: Window
    package let filtersApplied: JSONValue
    package let limits: [String]
    package let asOf: Timestamp

    /// Sums up; at most `maximumGroups` names and `maximumErrors` errors are told, fewer where the answer would not fit
    /// `budgetBytes`.
    package init(
        _ facts: PerformanceFacts,
        query: PerformanceQuery,
        now: Timestamp,
        budgetBytes: Int,
        maximumGroups: Int = 30,
        maximumErrors: Int = 10
    ) {
        var most = (groups: maximumGroups, errors: maximumErrors)
        var result = PerformanceSummary(facts, query, now, most)
        while most.groups > 1, let size = try? JSONBytesEncoder().encode(result).count, size > budgetBytes {
            most = (max(1, most.groups / 2), max(1, most.errors / 2))
            result = PerformanceSummary(facts, query, now, most)
        }
        self = result
    }

    private init(
        _ facts: PerformanceFacts,
        _ query: PerformanceQuery,
        _ now: Timestamp,
        _ most: (groups: Int, errors: Int)
    ) {
        let jobs = OutcomeCounts(facts.counts ?? Self.counts(facts.lines))
        self.jobs = jobs
        usage = UsageLine(facts.lines.reduce(Usage()) { $0 + $1.usage })
        previous = facts.previousCounts.map { counts in
            let before = OutcomeCounts(counts)
            return Previous(window: query.previous, jobs: before, change: OutcomeChange(from: before, to: jobs))
        }
        let all = Dictionary(grouping: facts.lines) { $0.name ?? ActivityBucket.nameless }
            .sorted { left, right in
                let (a, b) = (Self.number(left.value), Self.number(right.value))
                return a == b ? left.key < right.key : a > b
            }
        groups = all.prefix(most.groups).map { name, lines in
            Group(
                name: name,
                jobs: OutcomeCounts(Self.counts(lines)),
                usage: UsageLine(lines.reduce(Usage()) { $0 + $1.usage })
            )
        }
        groupsLeftOut = max(0, all.count - most.groups)
        topErrors = Array(facts.errors.sorted { $0.jobs > $1.jobs }.prefix(most.errors))
        tasksByStatus = .counts(facts.tasks.map { ($0.status, $0.count) })
        window = query.window
        filtersApplied = ["group_by": .string(query.grouping.rawValue)]
        limits = facts.limits
        asOf = now
        summary = Self.sentence(jobs, previous?.change, topErrors.first)
    }

    private static func number(_ lines: [PerformanceFacts.Line]) -> Int {
        lines.reduce(0) { $0 + $1.usage.jobs }
    }

    private static func counts(_ lines: [PerformanceFacts.Line]) -> [String: Int] {
        Dictionary(lines.map { ($0.status, $0.usage.jobs) }, uniquingKeysWith: +)
    }

    private static func sentence(_ jobs: OutcomeCounts, _ change: OutcomeChange?, _ error: TaskErrorCount?) -> String {
        guard let rate = jobs.failureRatePercent else { return "No job finished or failed in the window." }
        var text = "\(jobs.finished) jobs finished and \(jobs.failed) failed (\(rate) %)"
        if let points = change?.failureRatePoints {
            text += points == 0 ? ", as before" : ", \(abs(points)) points \(points > 0 ? "more" : "less") than before"
        }
        text += "."
        if let error {
            text +=
                " Most frequent error: \(error.component) \(error.code)" + (error.meaning.map { ": \($0)" } ?? "") + "."
        }
        return text
    }

    private enum CodingKeys: String, CodingKey {
        case summary, jobs, usage, previous, groups
        case groupsLeftOut = "groups_left_out"
        case topErrors = "top_errors"
        case tasksByStatus = "tasks_by_status"
        case window
        case filtersApplied = "filters_applied"
        case limits
        case asOf = "as_of"
    }

    static let schema = Schema.object([
        .required("summary", .string("How it went, in a sentence or two.")),
        .required("jobs", .object(OutcomeCounts.properties, "Jobs that ended in the window.")),
        .required("usage", UsageLine.total),
        .optional(
            "previous",
            .object(
                [
                    .required("window", .window), .required("jobs", .object(OutcomeCounts.properties)),
                    .required("change", OutcomeChange.schema),
                ],
                "The window of the same length before."
            )
        ),
        .required(
            "groups",
            .array(
                of: .object([
                    .required("name", .string()), .required("jobs", .object(OutcomeCounts.properties)),
                    .required("usage", UsageLine.total),
                ]),
                "By site, user, share or type, those with most jobs first."
            )
        ),
        .required("groups_left_out", .integer("How many more there are.", minimum: 0)),
        .required("top_errors", .array(of: TaskErrorCount.schema, "The most frequent errors.")),
        .required(
            "tasks_by_status",
            .dictionary(of: .integer(minimum: 0), "State → number of tasks that changed in the window.")
        ),
        .required("window", .window),
        .required("filters_applied", .anyObject("The filters, as understood.")),
        .required("limits", .array(of: .string(), "What the figures do not cover: say it with them.")),
        .required("as_of", .time("When the source was asked.")),
    ])
}
