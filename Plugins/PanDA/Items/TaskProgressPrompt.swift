package import PluginKit

/// "What is happening with my task?", asked so that the answer rests on counts.
package struct TaskProgressPrompt: Prompt {
    package static let description = PromptDescription(
        name: "explain_task_progress",
        title: "What is happening with my task?",
        summary: "Sums up the progress of one PanDA task and what holds it up.",
        arguments: [.init("jeditaskid", "The id of the PanDA task.")]
    )

    package init() {}

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        let task = try Number.read(arguments["jeditaskid"], "jeditaskid")
        return [
            PromptMessage(
                .user,
                """
                What is happening with PanDA task \(task)? Use panda_study_task with jeditaskid \(task). Say how many \
                of its files are done, in numbers and per cent, what its jobs are doing, which errors stand out and \
                where, and whether somebody has to act. Take all numbers from the answer.
                """
            )
        ]
    }
}
