import PanDAKit
import PluginKit

/// What is known about a workflow execution, as a resource that clients can attach to a conversation.
struct ExecutionResource: Resource {
    struct Content: Encodable, Sendable {
        let execution: Record
        let monitor: GetMonitorTool.Output
    }

    static let description = ResourceDescription(
        uri: "swf://execution/{execution_id}",
        name: "execution",
        title: "A workflow execution",
        summary: "One workflow execution of the testbed: what it was started with, and how it goes.",
        mimeType: "application/json"
    )

    let execution: GetExecutionTool
    let monitor: GetMonitorTool

    func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        guard let id = request.variables["execution_id"], (try? ExecutionID.read(id)) != nil else {
            throw ToolError(.notFound, "There is no such execution.")
        }
        return try JSONText.of(
            Content(
                execution: await execution.call(GetExecutionTool.Input(execution_id: id), in: context),
                monitor: await monitor.call(GetMonitorTool.Input(execution_id: id), in: context)
            )
        )
    }
}
