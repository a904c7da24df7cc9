import PluginKit

/// Tells one execution with all its parameters.
struct GetExecutionTool: Tool {
    struct Input: Decodable, Sendable {
        let execution_id: String
    }

    static let description = ToolDescription(
        name: "swf_get_workflow_execution",
        title: "One workflow execution",
        summary: """
            One workflow execution by its id: state, times, everything it was started with, metrics. Progress and \
            errors: swf_get_workflow_monitor.
            """,
        input: .object([.required("execution_id", .string(maximumLength: 100))]),
        output: ExecutionTables.execution.schema(.required("monitor_urls", .array(of: .link)))
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let statement = ExecutionTables.execution(input.execution_id)
        let rows = try await SQLSource.testbed.rows(statement, maximumRows: 1, in: context)
        guard let row = rows.first, var execution = ExecutionTables.execution.record(row) else {
            throw ExecutionTables.notFound
        }
        execution.set("monitor_urls", [pages.page("Execution", "/workflow-executions/", of: input.execution_id)])
        return execution
    }
}
