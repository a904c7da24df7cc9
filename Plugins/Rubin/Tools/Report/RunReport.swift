import JSON
package import PluginKit

/// How a run stands, as `bps report` would tell it.
package struct RunReport: Encodable, Sendable {
    package let requestID: Int
    /// How it stands, in a sentence or two made from the facts below.
    package let summary: String
    package let name: String?
    package let state: WmsState
    package let status: String
    package let user: String?
    package let created: Timestamp?
    package let updated: Timestamp?
    package let percentDone: Int?
    package let totalJobs: Int
    package let jobs: StateCounts
    package let labels: [LabelReport]
    package let totalLabels: Int
    package let exitCodes: [ExitCodeCount]
    package let otherIDs: [Int]?
    package let truncated: Bool?
    package let hint: String?
    package let missingParts: [String]
    package let asOf: Timestamp
    package let monitorURLs: [Link]

    /// Draws the conclusions.
    ///
    /// At most `maximumLabels` labels are listed one by one, fewer when they would not fit into three quarters of
    /// `budgetBytes`; the sums are over all of them.
    package init(_ run: RunFacts, now: Timestamp, budgetBytes: Int, maximumLabels: Int = 200) {
        let all = LabelReport.reports(of: run.transforms)
        let labels = Self.fitting(all.prefix(maximumLabels), into: budgetBytes - budgetBytes / 4)
        var jobs = StateCounts()
        for label in all { jobs += label.jobs }
        let exitCodes = ExitCodeCount.summed(all.flatMap { $0.exitCodes ?? [] })
        requestID = run.id
        summary = RunReportSummary.sentences(run, jobs: jobs, labels: all, exitCodes: exitCodes)
        name = run.name
        state = WmsState(run: run.status)
        status = run.status.name
        user = run.user
        created = run.created
        updated = run.updated
        percentDone = jobs.percentDone
        totalJobs = jobs.total
        self.jobs = jobs
        self.labels = labels
        totalLabels = all.count
        self.exitCodes = exitCodes
        otherIDs = run.otherIDs.isEmpty ? nil : run.otherIDs
        let unlisted = all.count - labels.count
        truncated = unlisted > 0 || run.unreadTransforms > 0 ? true : nil
        hint =
            run.otherIDs.isEmpty ? nil : "Several runs have this name; this is the newest. Ask for another by its id."
        missingParts =
            run.missingParts
            + (run.unreadTransforms > 0 ? ["transforms: \(run.unreadTransforms) more are not counted"] : [])
            + (unlisted > 0 ? ["labels: \(unlisted) more are counted, but not listed"] : [])
        asOf = now
        monitorURLs = run.monitorURLs
    }

    private enum CodingKeys: String, CodingKey {
        case requestID = "request_id"
        case summary, name, state
        case status = "idds_status"
        case user, created, updated
        case percentDone = "percent_done"
        case totalJobs = "total_jobs"
        case jobs, labels
        case totalLabels = "total_labels"
        case exitCodes = "exit_codes"
        case otherIDs = "other_request_ids"
        case truncated, hint
        case missingParts = "missing_parts"
        case asOf = "as_of"
        case monitorURLs = "monitor_urls"
    }

    /// The first labels whose JSON fits; always at least one.
    private static func fitting(_ labels: ArraySlice<LabelReport>, into bytes: Int) -> [LabelReport] {
        var used = 0
        for (index, label) in labels.enumerated() {
            used += ((try? JSONBytesEncoder().encode(label).count) ?? 0) + 1
            if used > bytes, index > 0 { return Array(labels.prefix(index)) }
        }
        return Array(labels)
    }

    static let schema = Schema.object([
        .required("request_id", .integer("The id of the run's iDDS request.")),
        .required("summary", .string("How it stands, made from the facts below.")),
        .optional("name", .untrustedText("The run's name.")),
        .required("state", .choice(WmsState.ofRuns.map(\.rawValue), "The run's state as BPS tells it.")),
        .required("idds_status", .string("The request's status in iDDS; SubFinished: ended with failures.")),
        .optional("user", .untrustedText("Who submitted it.")),
        .optional("created", .time("When it was submitted.")),
        .optional("updated", .time("When iDDS last changed it.")),
        .optional(
            "percent_done",
            .integer("Jobs that succeeded, rounded down; absent without jobs.", minimum: 0, maximum: 100)
        ),
        .required("total_jobs", .integer(minimum: 0)),
        .required("jobs", StateCounts.schema),
        .required("labels", .array(of: LabelReport.schema, "The pipeline's labels in their order.")),
        .required("total_labels", .integer("How many labels there are, listed or not.", minimum: 0)),
        .required("exit_codes", .array(of: ExitCodeCount.schema, "How failed jobs ended, most frequent first.")),
        .optional("other_request_ids", .array(of: .integer(), "Older runs of the same name.")),
        .optional("truncated", .boolean("True when labels or transforms were left out; missing_parts says which.")),
        .optional("hint", .string("What to try next.")),
        .required("missing_parts", .array(of: .string(), "Parts that could not be had, each with the reason.")),
        .required("as_of", .time("When the source was asked.")),
        .required("monitor_urls", .array(of: .link)),
    ])
}
