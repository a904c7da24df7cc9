import PluginKit

/// How one label of a run stands, its chunks summed up.
package struct LabelReport: Encodable, Hashable, Sendable {
    package let label: String
    package let jobs: StateCounts
    package let totalJobs: Int
    package let percentDone: Int?
    /// The statuses its transforms have in iDDS, in their order, each once.
    package let statuses: [String]
    package let chunks: Int
    package let taskIDs: [Int]
    /// Nil when no job failed, or nothing is known of those that did.
    package let exitCodes: [ExitCodeCount]?

    private enum CodingKeys: String, CodingKey {
        case label, jobs
        case totalJobs = "total_jobs"
        case percentDone = "percent_done"
        case statuses = "idds_statuses"
        case chunks
        case taskIDs = "panda_task_ids"
        case exitCodes = "exit_codes"
    }

    private init(_ label: String, _ transforms: [TransformFacts]) {
        self.label = label
        var jobs = StateCounts()
        var statuses: [String] = []
        for transform in transforms {
            jobs += transform.counts
            if !statuses.contains(transform.status.name) { statuses.append(transform.status.name) }
        }
        self.jobs = jobs
        self.statuses = statuses
        totalJobs = jobs.total
        percentDone = jobs.percentDone
        chunks = transforms.count
        taskIDs = transforms.compactMap(\.task)
        let codes = ExitCodeCount.summed(transforms.flatMap(\.exitCodes))
        exitCodes = codes.isEmpty ? nil : codes
    }

    /// The labels of a run in the order of their first transforms.
    static func reports(of transforms: [TransformFacts]) -> [LabelReport] {
        var order: [String] = []
        var byLabel: [String: [TransformFacts]] = [:]
        for transform in transforms {
            if byLabel[transform.label] == nil { order.append(transform.label) }
            byLabel[transform.label, default: []].append(transform)
        }
        return order.map { LabelReport($0, byLabel[$0] ?? []) }
    }

    static let schema = Schema.object([
        .required("label", .untrustedText("The pipeline's label; chunks of one label are summed up.")),
        .required("jobs", StateCounts.schema),
        .required("total_jobs", .integer(minimum: 0)),
        .optional(
            "percent_done",
            .integer("Jobs that succeeded, rounded down; absent without jobs.", minimum: 0, maximum: 100)
        ),
        .required("idds_statuses", .array(of: .string(), "The statuses of its transforms in iDDS.")),
        .required("chunks", .integer("How many transforms it was split into.", minimum: 1)),
        .required("panda_task_ids", .array(of: .integer(), "Its PanDA tasks.")),
        .optional("exit_codes", .array(of: ExitCodeCount.schema, "How its failed jobs ended.")),
    ])
}
