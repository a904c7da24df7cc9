import JSON
package import PluginKit

/// What `panda_study_job` answers about a job, as a resource that clients can attach to a conversation.
package struct JobResource: Resource {
    package static let description = ResourceDescription(
        uri: "panda://job/{pandaid}",
        name: "job",
        title: "A PanDA job",
        summary: "Everything known about one PanDA job: state, times, errors with their meaning, files and logs.",
        mimeType: "application/json"
    )

    private let tool: StudyJobTool

    package init(_ tool: StudyJobTool) {
        self.tool = tool
    }

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        guard let number = request.variables["pandaid"].flatMap({ Int($0) }), number > 0 else {
            throw ToolError(.notFound, "There is no such job.")
        }
        return try JSONText.of(await tool.call(StudyJobTool.Input(pandaid: number), in: context))
    }
}
