package import JSON
package import PluginKit

/// Why the jobs of a task failed: each counted once, by the error that explains it best.
package struct TaskFailures: Encodable, Sendable {
    /// Jobs with the same main error, and what to do about it.
    package struct Group: Encodable, Sendable {
        package let error: ErrorPattern
        /// Of all failed jobs of the task, in percent, to one digit.
        package let percent: Double
        package let nextSteps: ErrorExplanation.Steps?

        private enum CodingKeys: String, CodingKey {
            case error, percent
            case nextSteps = "next_steps"
        }
    }

    package let jeditaskid: Int
    package let summary: String
    package let failedJobs: Int
    package let byStatus: JSONValue
    package let groups: [Group]
    package let groupsLeftOut: Int
    package let withoutError: Int
    package let window: Window
    package let asOf: Timestamp
    package let hint: String?
    package let monitorURLs: [Link]

    /// Groups the jobs; at most `limit` groups are told, fewer where the answer would not fit `budgetBytes`.
    package init(_ facts: TaskFailureFacts, of jeditaskid: Int, limit: Int, now: Timestamp, budgetBytes: Int) {
        var most = limit
        var failures = TaskFailures(facts, jeditaskid, most, now)
        while most > 1, let size = try? JSONBytesEncoder().encode(failures).count, size > budgetBytes {
            most /= 2
            failures = TaskFailures(facts, jeditaskid, most, now)
        }
        self = failures
    }

    private init(_ facts: TaskFailureFacts, _ jeditaskid: Int, _ limit: Int, _ now: Timestamp) {
        let mains = facts.jobs.map { (job: $0, error: JobErrors.primary(of: $0.errors)) }
        let texts = Self.commonTexts(of: mains.compactMap(\.error))
        let patterns = ErrorPattern.patterns(
            of: mains.compactMap { job, error in
                error.flatMap { Self.group(of: job, with: $0, text: texts[Kind($0)] ?? nil) }
            }
        )
        let total = facts.jobs.count
        self.jeditaskid = jeditaskid
        failedJobs = total
        byStatus = .counts(FailureSummary.summed(facts.jobs.map { ($0.status, 1) }).map { ($0.name, $0.count) })
        groups = patterns.prefix(limit).map { pattern in
            Group(
                error: pattern,
                percent: (Double(pattern.jobs) / Double(max(1, total)) * 1000).rounded() / 10,
                nextSteps: ErrorComponent(rawValue: pattern.component).flatMap {
                    ErrorExplanation.Steps($0, code: pattern.code)
                }
            )
        }
        groupsLeftOut = max(0, patterns.count - limit)
        withoutError = mains.count { $0.error == nil }
        window = facts.window
        asOf = now
        summary = Self.sentence(jeditaskid, total, patterns.first, isComplete: facts.isComplete)
        hint =
            facts.isComplete
            ? total == 0 ? "If jobs of the task are active, panda_study_task tells how far they are." : nil
            : "More jobs failed than were read: counts are lower bounds."
        monitorURLs = facts.monitorURLs
    }

    /// An error whatever its text.
    private struct Kind: Hashable {
        let component: String
        let code: Int

        init(_ error: JobError) {
            component = error.component
            code = error.code
        }
    }

    /// A shorter text says nothing.
    private static let shortestText = 8

    /// What the texts of each error begin with alike; nil where that is next to nothing.
    private static func commonTexts(of errors: [JobError]) -> [Kind: String?] {
        Dictionary(grouping: errors, by: Kind.init).mapValues { errors in
            let texts = errors.map { DiagnosisPattern.pattern(of: String(($0.diagnosis ?? "").prefix(256))) }
            let common = texts.dropFirst().reduce(texts.first ?? "") { $0.commonPrefix(with: $1) }
            return common.count < shortestText ? nil : common
        }
    }

    /// A group of one job, by its main error.
    private static func group(of job: FailedJob, with error: JobError, text: String?) -> ErrorFacts.Group? {
        guard let component = ErrorComponent(rawValue: error.component) else { return nil }
        return ErrorFacts.Group(
            component: component,
            code: error.code,
            diagnosis: text,
            jobs: 1,
            neverStarted: job.started == nil ? 1 : 0,
            pandaids: [job.pandaid],
            sites: ErrorFacts.Shares([(job.site, 1)]),
            users: ErrorFacts.Shares([(job.username, 1)]),
            tasks: ErrorFacts.Shares([(job.jeditaskid.map(String.init), 1)])
        )
    }

    private static func sentence(_ task: Int, _ total: Int, _ first: ErrorPattern?, isComplete: Bool) -> String {
        guard total > 0 else { return "No job of task \(task) failed, or there is no such task." }
        let count =
            (isComplete ? "" : "At least ") + "\(total) job\(total == 1 ? "" : "s") of task \(task) did not succeed."
        guard let first else { return count }
        let name = first.acronym.map { " (\($0))" } ?? ""
        return count + " Most often: \(first.component) \(first.code)\(name)"
            + (first.meaning.map { ": \($0)" } ?? "") + ", \(first.jobs) of them."
    }

    private enum CodingKeys: String, CodingKey {
        case jeditaskid, summary
        case failedJobs = "failed_jobs"
        case byStatus = "by_status"
        case groups
        case groupsLeftOut = "groups_left_out"
        case withoutError = "without_error"
        case window
        case asOf = "as_of"
        case hint
        case monitorURLs = "monitor_urls"
    }

    static let schema = Schema.object([
        .required("jeditaskid", .integer("The task's id.")),
        .required("summary", .string("The failures in a sentence or two.")),
        .required("failed_jobs", .integer("Failed, cancelled and closed jobs, earlier attempts too.", minimum: 0)),
        .required("by_status", .dictionary(of: .integer(minimum: 0), "State → number of jobs.")),
        .required(
            "groups",
            .array(
                of: .object([
                    .required("error", ErrorPattern.schema), .required("percent", .number("Of the failed jobs.")),
                    .optional("next_steps", ErrorExplanation.Steps.schema),
                ]),
                "The jobs by their main error, the most frequent first; each job is in one."
            )
        ),
        .required("groups_left_out", .integer("How many more groups there are.", minimum: 0)),
        .required("without_error", .integer("Jobs for which no component reports an error.", minimum: 0)),
        .required("window", .window),
        .required("as_of", .time("When the source was asked.")),
        .optional("hint", .string("What to try next.")),
        .required("monitor_urls", .array(of: .link)),
    ])
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
