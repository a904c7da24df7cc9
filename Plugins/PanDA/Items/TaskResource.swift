import JSON
package import PluginKit

/// What `panda_study_task` answers about a task, as a resource that clients can attach to a conversation.
package struct TaskResource: Resource {
    package static let description = ResourceDescription(
        uri: "panda://task/{jeditaskid}",
        name: "task",
        title: "A PanDA task",
        summary: "Everything known about one PanDA task: state, progress, jobs by state and datasets.",
        mimeType: "application/json"
    )

    private let tool: StudyTaskTool

    package init(_ tool: StudyTaskTool) {
        self.tool = tool
    }

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        guard let number = request.variables["jeditaskid"].flatMap({ Int($0) }), number > 0 else {
            throw ToolError(.notFound, "There is no such task.")
        }
        return try JSONText.of(await tool.call(StudyTaskTool.Input(jeditaskid: number), in: context))
    }
}
