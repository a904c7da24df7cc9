package import PluginKit

/// Lists tasks of a time window, newest first, with the jobs and files of each counted.
package struct ListTasksTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let status: String?
        let username: String?
        let taskname: String?
        let workinggroup: String?
        let processingtype: String?
        let taskid: Int?
        let reqid: Int?
        let limit: Int?
        let before_id: Int?
        let cursor: String?
    }

    private static let defaultDays = 7
    private static let defaultLimit = 25

    package static let description = ToolDescription(
        name: "panda_list_tasks",
        title: "List tasks",
        summary: """
            PanDA tasks changed in a window (7 days by default), newest first, with jobs and input files counted, and \
            counts by state. Tasks older than 60 days that have not ended show only by taskid. One task: \
            panda_study_task; its jobs: panda_list_jobs.
            """,
        input: .object([
            .optional("days", .integer("Instead of start_time.", minimum: 1, maximum: 3660)),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional("status", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("username", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("taskname", .string("A part of the name, or a pattern with %.", maximumLength: 256)),
            .optional("workinggroup", .string("Or a pattern with %.", maximumLength: 256)),
            .optional(
                "processingtype",
                .string(
                    "Or a pattern with %; \(ProcessingType.blank) for none.",
                    maximumLength: 256
                )
            ),
            .optional("taskid", .integer(minimum: 1)),
            .optional("reqid", .integer(minimum: 1)),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional(
                "before_id",
                .integer("Only smaller ids.", minimum: 1)
            ),
            .optional("cursor", .string(maximumLength: 128)),
        ]),
        output: .list(
            of: TaskListItem.schema,
            summary: .dictionary(of: .integer(minimum: 0), "State → number of tasks, over everything that matches.")
        )
    )

    private let tasks: any TaskListing

    package init(tasks: any TaskListing) {
        self.tasks = tasks
    }

    package func call(
        _ input: Input,
        in context: CallContext
    ) async throws(ToolError) -> ListResult<TaskListItem> {
        let question = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            beforeID: input.before_id,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        let query = TaskQuery(
            question: question,
            status: try StateArgument.state(input.status, among: TaskState.all),
            username: input.username,
            workingGroup: input.workinggroup,
            taskName: input.taskname,
            processingType: input.processingtype,
            taskID: input.taskid,
            requestID: input.reqid,
            limit: input.limit ?? Self.defaultLimit
        )
        let page = try await tasks.tasks(matching: query, in: context)
        let total = page.countsByStatus.reduce(0) { $0 + $1.count }
        return ListResult(
            page.tasks,
            totalCount: total,
            hasMore: page.hasMore,
            budgetBytes: context.budgetBytes,
            summary: .counts(page.countsByStatus.map { ($0.status, $0.count) }),
            window: question.window,
            filtersApplied: query.filters,
            hint: question.hint(found: total, isComplete: page.isComplete),
            monitorURLs: page.monitorURLs,
            cursor: { question.cursor(after: $0.jeditaskid) }
        )
    }
}

extension TaskState {
    /// Every state, in alphabetical order.
    static let all = meanings.keys.sorted()
}
