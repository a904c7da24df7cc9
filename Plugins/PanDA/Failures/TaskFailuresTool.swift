package import PluginKit

/// Why the jobs of one task failed, and what to do.
package struct TaskFailuresTool: Tool {
    package struct Input: Decodable, Sendable {
        let jeditaskid: Int
        let limit: Int?
    }

    private static let defaultLimit = 10

    package static let description = ToolDescription(
        name: "panda_task_failures",
        title: "Failures of a task",
        summary: """
            Why the jobs of one PanDA task failed: grouped by main error, with share, sites, sample jobs and next steps. \
            How far the task is: panda_study_task. Failures of many tasks: panda_error_summary.
            """,
        input: .object([
            .required("jeditaskid", .integer("The task's id.", minimum: 1, maximum: 9_007_199_254_740_991)),
            .optional("limit", .integer("How many groups.", minimum: 1, maximum: 50, default: defaultLimit)),
        ]),
        output: TaskFailures.schema,
        // The monitor takes its time for long lists.
        timeoutMilliseconds: 90_000
    )

    private let failures: any TaskFailureReading

    package init(failures: any TaskFailureReading) {
        self.failures = failures
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> TaskFailures {
        TaskFailures(
            try await failures.failures(ofTask: input.jeditaskid, in: context),
            of: input.jeditaskid,
            limit: input.limit ?? Self.defaultLimit,
            now: context.now,
            budgetBytes: context.budgetBytes
        )
    }
}
