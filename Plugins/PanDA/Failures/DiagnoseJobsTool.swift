package import PluginKit

/// Lists the jobs of a time window that did not succeed, each with its errors.
package struct DiagnoseJobsTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let username: String?
        let site: String?
        let taskid: Int?
        let reqid: Int?
        let error_component: String?
        let limit: Int?
        let before_id: Int?
        let cursor: String?
    }

    private static let defaultDays = 7
    private static let defaultLimit = 50

    package static let description = ToolDescription(
        name: "panda_diagnose_jobs",
        title: "Diagnose failed jobs",
        summary: """
            Failed, cancelled and closed PanDA jobs of a window (7 days by default), newest first, each with its \
            errors, and counts by error. For "why do the jobs of task N fail?". Grouped by text: panda_error_summary; \
            one job: panda_study_job.
            """,
        input: .object([
            .optional("days", .integer("Instead of start_time.", minimum: 1, maximum: 3660)),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional("username", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("site", .string("Queue, or a pattern with %.", maximumLength: 256)),
            .optional("taskid", .integer(minimum: 1)),
            .optional("reqid", .integer(minimum: 1)),
            .optional(
                "error_component",
                .string(
                    "\(ErrorComponent.allCases.map(\.rawValue).joined(separator: ", ")).",
                    maximumLength: 32
                )
            ),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional(
                "before_id",
                .integer("Only smaller ids.", minimum: 1)
            ),
            .optional("cursor", .string(maximumLength: 128)),
        ]),
        output: .list(of: FailedJob.schema, summary: FailureSummary.schema)
    )

    private let jobs: any FailureListing

    package init(jobs: any FailureListing) {
        self.jobs = jobs
    }

    package func call(
        _ input: Input,
        in context: CallContext
    ) async throws(ToolError) -> ListResult<FailedJob> {
        let question = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            beforeID: input.before_id,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        let query = FailureQuery(
            question: question,
            username: input.username,
            site: input.site,
            taskID: input.taskid,
            requestID: input.reqid,
            component: try FailureQuery.component(input.error_component, "error_component"),
            limit: input.limit ?? Self.defaultLimit
        )
        let page = try await jobs.failures(matching: query, in: context)
        let total = page.combinations.reduce(0) { $0 + $1.jobs }
        // The summary shares the quarter of the budget that a list keeps for all but its records.
        return ListResult(
            page.jobs,
            totalCount: total,
            hasMore: page.hasMore,
            budgetBytes: context.budgetBytes,
            summary: FailureSummary.value(
                of: page.combinations,
                maximumErrors: min(50, max(1, context.budgetBytes / 1000))
            ),
            window: question.window,
            filtersApplied: query.filters(componentName: "error_component"),
            hint: question.hint(found: total, isComplete: page.isComplete),
            monitorURLs: page.monitorURLs,
            cursor: { question.cursor(after: $0.pandaid) }
        )
    }
}
