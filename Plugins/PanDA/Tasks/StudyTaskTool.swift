package import PluginKit

/// Everything about one task: state, progress, jobs by state, site and error, datasets, what may be done now.
package struct StudyTaskTool: Tool {
    package struct Input: Decodable, Sendable {
        package let jeditaskid: Int
    }

    package static let description = ToolDescription(
        name: "panda_study_task",
        title: "Study one task",
        summary: """
            One PanDA (JEDI) task by its id: state, files done and failed, jobs by state, site and error, datasets, \
            and which commands its owner may give. One job: panda_study_job.
            """,
        input: .object([
            .required("jeditaskid", .integer("The task's id.", minimum: 1, maximum: 9_007_199_254_740_991))
        ]),
        output: TaskStudy.schema
    )

    private let tasks: any TaskReading

    package init(tasks: any TaskReading) {
        self.tasks = tasks
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> TaskStudy {
        guard let facts = try await tasks.task(withID: input.jeditaskid, in: context) else {
            throw ToolError(
                .notFound,
                "There is no task \(input.jeditaskid).",
                hint: "Check the number; the id of a job is not the id of a task."
            )
        }
        return TaskStudy(facts, now: context.now)
    }
}
