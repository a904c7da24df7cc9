import JSON
import PluginKit

/// Marks an execution as ended whose runner is gone.
struct EndExecutionTool: Tool {
    struct Input: Decodable, Sendable {
        let execution_id: String
    }

    struct Output: Encodable, Sendable {
        let success = true
        let execution_id: String
        let old_status: String
        let new_status: String
        let start_time: Timestamp?
        let end_time: Timestamp?
    }

    static let description = ToolDescription(
        name: "swf_end_execution",
        title: "Mark an execution as ended",
        summary: """
            Marks an execution shown as running as terminated whose runner is gone; stops nothing: for that \
            swf_stop_workflow.
            """,
        input: .object([.required("execution_id", .string(maximumLength: 100))]),
        output: .object([
            .required("execution_id", .string()), .required("new_status", .string()),
            .required("old_status", .string()), .required("success", .boolean()),
            .optional("start_time", .time()), .optional("end_time", .time()),
        ]),
        effect: .destroys(isIdempotent: true)
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let id = try ExecutionID.read(input.execution_id)
        let state = StateReading(context: context)
        let execution = try await state.execution(id)
        try await ControlRights(context: context).check(execution: id)
        let old = execution.cleaned("status") ?? "unknown"
        guard old == "running" else {
            throw ToolError(.conflict, "This execution is \(old); only one that runs can be marked as ended.")
        }
        try await MonitorAPI(context: context).change(
            "PATCH",
            "/api/workflow-executions/\(id)/",
            ["status": "terminated", "end_time": .string(context.now.description)]
        )
        let changed = try await state.execution(id)
        guard changed.text("status") != "running" else {
            throw ToolError(.unavailable, "The testbed's monitor took the change, and the execution still runs there.")
        }
        return Output(
            execution_id: id,
            old_status: old,
            new_status: changed.cleaned("status") ?? "unknown",
            start_time: changed.time("start_time"),
            end_time: changed.time("end_time")
        )
    }
}
