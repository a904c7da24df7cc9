package import JSON
package import PluginKit

/// Lists jobs of a time window, newest first, with counts by state.
package struct ListJobsTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let status: String?
        let username: String?
        let site: String?
        let taskid: Int?
        let reqid: Int?
        let limit: Int?
        let before_id: Int?
        let cursor: String?
    }

    private static let defaultDays = 7
    private static let defaultLimit = 200

    package static let description = ToolDescription(
        name: "panda_list_jobs",
        title: "List jobs",
        summary: """
            PanDA jobs of a window (7 days by default), newest first, with counts by state. One job: panda_study_job; \
            what failed and why: panda_diagnose_jobs.
            """,
        input: .object([
            .optional("days", .integer("Instead of start_time.", minimum: 1, maximum: 3660)),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional("status", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("username", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("site", .string("Queue, or a pattern with %.", maximumLength: 256)),
            .optional("taskid", .integer(minimum: 1)),
            .optional("reqid", .integer(minimum: 1)),
            .optional("limit", .integer(minimum: 1, maximum: 1000, default: defaultLimit)),
            .optional(
                "before_id",
                .integer("Only smaller ids.", minimum: 1)
            ),
            .optional("cursor", .string(maximumLength: 128)),
        ]),
        output: .list(
            of: JobListItem.schema,
            summary: .dictionary(of: .integer(minimum: 0), "State → number of jobs, over everything that matches.")
        )
    )

    private let jobs: any JobListing

    package init(jobs: any JobListing) {
        self.jobs = jobs
    }

    package func call(
        _ input: Input,
        in context: CallContext
    ) async throws(ToolError) -> ListResult<JobListItem> {
        let question = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            beforeID: input.before_id,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        let query = JobQuery(
            question: question,
            status: try StateArgument.state(input.status, among: JobState.meanings.map(\.state)),
            username: input.username,
            site: input.site,
            taskID: input.taskid,
            requestID: input.reqid,
            limit: input.limit ?? Self.defaultLimit
        )
        let page = try await jobs.jobs(matching: query, in: context)
        return ListResult(
            page.jobs,
            totalCount: page.totalCount,
            hasMore: page.hasMore,
            budgetBytes: context.budgetBytes,
            summary: .counts(page.countsByStatus.map { ($0.status, $0.count) }),
            window: question.window,
            filtersApplied: query.filters,
            hint: question.hint(found: page.totalCount, isComplete: page.isComplete),
            monitorURLs: page.monitorURLs,
            cursor: { question.cursor(after: $0.pandaid) }
        )
    }
}

extension JSONValue {
    /// An object of counts, in the order given.
    package static func counts(_ counts: [(String, Int)]) -> JSONValue {
        .object(JSONObject(members: counts.map { .init(name: $0.0, value: .integer($0.1)) }))
    }
}

extension WindowedQuestion {
    /// What to try when nothing was found, or more than the source reads.
    package func hint(found: Int, isComplete: Bool) -> String? {
        guard isComplete else {
            return "More match than were read: counts are lower bounds. Ask for a shorter window, or one task or user."
        }
        return found == 0 ? hintForNothing : nil
    }

    /// What to try when nothing was found in a window nobody asked for.
    package var hintForNothing: String? {
        window.defaulted ? "Nothing in the default window; try days: 30, or give start_time." : nil
    }
}
