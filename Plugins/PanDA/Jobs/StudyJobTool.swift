package import PluginKit

/// Everything about one job: state, times, errors with their meaning, files, worker.
package struct StudyJobTool: Tool {
    package struct Input: Decodable, Sendable {
        package let pandaid: Int
    }

    package static let description = ToolDescription(
        name: "panda_study_job",
        title: "Study one job",
        summary: """
            One PanDA job by its id: state, times, errors and what they mean, resources, files, pilot, worker, logs. \
            For "why did job N fail?". A task: panda_study_task where it exists; many jobs: panda_list_jobs.
            """,
        input: .object([.required("pandaid", .integer("The PanDA job id.", minimum: 1))]),
        output: JobStudy.schema,
        // The monitor unpacks the archive of a log when somebody asks for it first.
        timeoutMilliseconds: 90_000
    )

    private let jobs: any JobReading
    private let logs: (any JobLogReading)?
    private let retries: (any RetryReading)?

    /// Takes where jobs are found and, where there is something, what fetches their logs and knows other attempts.
    package init(jobs: any JobReading, logs: (any JobLogReading)? = nil, retries: (any RetryReading)? = nil) {
        self.jobs = jobs
        self.logs = logs
        self.retries = retries
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> JobStudy {
        guard var facts = try await jobs.job(withID: input.pandaid, in: context) else {
            throw ToolError(
                .notFound,
                "There is no job \(input.pandaid).",
                hint: "Check the number; the id of a task is not the id of a job."
            )
        }
        var analysis: JobLogAnalysis?
        if let logs { analysis = try await JobLogAnalysis.of(&facts, from: logs, in: context) }
        if let retries { try await retries.fill(&facts, in: context) }
        return JobStudy(facts, logAnalysis: analysis, now: context.now)
    }
}

extension JobStudy {
    init(_ facts: JobFacts, logAnalysis: JobLogAnalysis? = nil, now: Timestamp) {
        pandaid = facts.pandaid
        status = facts.status
        statusMeaning = JobState.meaning(of: facts.status)
        isFinal = JobState.isFinal(facts.status)
        task = facts.task
        site = facts.site
        user = facts.user
        attempt = facts.attempt
        times = JobTimes(
            created: facts.created,
            started: facts.started,
            ended: JobState.isPayloadOver(facts.status) ? facts.ended : nil,
            modified: facts.modified,
            isFinal: isFinal,
            now: now
        )
        errors = facts.errors
        primaryError = JobErrors.primary(of: facts.errors)
        nextSteps = primaryError.flatMap(ErrorExplanation.Steps.init)
        resources = facts.resources
        files = facts.files
        pilot = facts.pilot
        harvester = facts.harvester
        retries = facts.retries
        logURLs = facts.logURLs
        self.logAnalysis = logAnalysis
        missingParts = facts.missingParts
        asOf = now
        monitorURLs = facts.monitorURLs
        summary = JobSummary.sentence(facts, times: times, primary: primaryError)
    }

    static let schema = Schema.object([
        .required("pandaid", .integer("The PanDA job id.")),
        .required("summary", .string("What happened, made from the facts below.")),
        .required("status", .string("The job's state.")),
        .optional("status_meaning", .string("What that state means.")),
        .required("is_final", .boolean("Whether the job has ended.")),
        .optional("task", JobTask.schema),
        .optional("site", .string("The queue it ran or runs at.")),
        .optional("user", .string("Who submitted it.")),
        .optional("attempt", JobAttempt.schema),
        .required("times", JobTimes.schema),
        .optional("primary_error", JobError.schema),
        .required("errors", .array(of: JobError.schema, "All errors, one for each component that reports one.")),
        .optional("next_steps", ErrorExplanation.Steps.schema),
        .required("resources", JobResources.schema),
        .required("files", .array(of: JobFile.schema)),
        .optional("pilot", JobPilot.schema),
        .optional("harvester", JobWorker.schema),
        .required("log_urls", .dictionary(of: .string(format: "uri"), "Addresses of logs, by kind.")),
        .optional("log_analysis", JobLogAnalysis.schema),
        .optional(
            "retries",
            .array(of: JobRetry.schema, "Other attempts at the same work, oldest first; absent where not known.")
        ),
        .required("missing_parts", .array(of: .string(), "Parts that could not be had, each with the reason.")),
        .required("as_of", .time("When the source was asked.")),
        .required("monitor_urls", .array(of: .link)),
    ])
}
