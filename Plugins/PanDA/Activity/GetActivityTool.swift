package import PluginKit

/// Says how much goes on: jobs and tasks of a time window, counted.
package struct GetActivityTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let username: String?
        let site: String?
        let workinggroup: String?
    }

    private static let defaultDays = 1

    package static let description = ToolDescription(
        name: "panda_get_activity",
        title: "What is going on",
        summary: """
            Counts of PanDA jobs (by state, user, queue) and tasks (by state, kind, user) that changed in a window (1 \
            day by default). First for "what is going on?" and "who runs most?". Single ones: panda_list_jobs, \
            panda_list_tasks.
            """,
        input: .object([
            .optional(
                "days",
                .integer("Instead of start_time.", minimum: 1, maximum: 3660)
            ),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional("username", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("site", .string("The queue of the jobs, or a pattern with %.", maximumLength: 256)),
            .optional(
                "workinggroup",
                .string("The working group of the tasks, or a pattern with %.", maximumLength: 256)
            ),
        ]),
        output: Activity.schema
    )

    private let activity: any ActivityReading

    package init(activity: any ActivityReading) {
        self.activity = activity
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Activity {
        let question = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: nil,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        let query = ActivityQuery(
            window: question.window,
            username: input.username,
            site: input.site,
            workingGroup: input.workinggroup
        )
        let facts = try await activity.activity(matching: query, in: context)
        return Activity(facts, query: query, now: context.now, budgetBytes: context.budgetBytes)
    }
}
