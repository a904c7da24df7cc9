import JSON
import PluginKit

/// Stops an execution by its runner, and tells whether it did stop.
struct StopWorkflowTool: Tool {
    struct Input: Decodable, Sendable {
        let execution_id: String
    }

    struct Output: Encodable, Sendable {
        let success = true
        let execution_id: String
        let namespace: String
        let old_status: String
        let new_status: String
        let end_time: Timestamp?
        let note: String?
    }

    static let description = ToolDescription(
        name: "swf_stop_workflow",
        title: "Stop a workflow",
        summary: """
            Has the runner stop an execution and waits until it has. Where the runner is gone: swf_end_execution.
            """,
        input: .object([.required("execution_id", .string(maximumLength: 100))]),
        output: .object([
            .required("execution_id", .string()), .required("new_status", .string()),
            .required("old_status", .string()), .required("success", .boolean()),
            .required("namespace", .string()), .optional("end_time", .time()), .optional("note", .string()),
        ]),
        effect: .destroys(isIdempotent: true),
        timeoutMilliseconds: 45_000
    )

    let pace: ControlPace

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let id = try ExecutionID.read(input.execution_id)
        let state = StateReading(context: context)
        let execution = try await state.execution(id)
        guard let namespace = execution.text("namespace").given else {
            throw ToolError(
                .conflict,
                "This execution belongs to no namespace, so no runner can be told.",
                hint: "swf_end_execution marks it as ended."
            )
        }
        try await ControlRights(context: context).check(namespace: namespace)
        let old = execution.cleaned("status") ?? "unknown"
        guard old == "running" else {
            throw ToolError(.conflict, "This execution is \(old); only one that runs can be stopped.")
        }
        var body = JSONObject()
        body["msg_type"] = "stop_workflow"
        body["execution_id"] = .string(id)
        body["namespace"] = .string(namespace)
        body["timestamp"] = .string(context.now.agentText)
        body["source"] = "mcp"
        let (command, lifetime, broker) = (body, pace.lifetimeSeconds, TestbedBroker(context: context))
        let copies = try await state.count(ControlStatements.liveRunners(now: context.now))
        let outcome = try await pace.follow(copies: copies) { () async throws(ToolError) in
            try await broker.send(command, to: TestbedBroker.workflowQueue, lifetime: lifetime)
        } look: { () async throws(ToolError) -> Row? in
            let row = try await state.execution(id)
            return row.text("status") == "running" ? nil : row
        }
        guard let row = outcome.effect else {
            throw ToolError(
                outcome.failure == nil ? .timeout : .unavailable,
                "The command was sent \(outcome.sent == 1 ? "once" : "\(outcome.sent) times"), and the execution still runs.",
                hint: "A runner stops between two steps: look again with swf_get_workflow_monitor. If its runner is "
                    + "gone, swf_end_execution marks it as ended."
            )
        }
        return Output(
            execution_id: id,
            namespace: namespace,
            old_status: old,
            new_status: row.cleaned("status") ?? "unknown",
            end_time: row.time("end_time"),
            note: row.text("status") == "completed" ? "It may have ended by itself at the same time." : nil
        )
    }
}
