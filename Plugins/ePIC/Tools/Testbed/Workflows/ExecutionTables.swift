import JSON
import PluginKit

/// What is read of the executions of workflows.
enum ExecutionTables {
    static let states = ["pending", "running", "completed", "failed", "terminated"]

    private static let named = RecordShape(
        .text("execution_id", "e.execution_id").required,
        .text("workflow_name", "d.workflow_name"),
        .text("namespace", "e.namespace"),
        .text("status", "e.status").required,
        .text("executed_by", "e.executed_by"),
        .time("start_time", "e.start_time").required,
        .time("end_time", "e.end_time", "Absent while it runs, and often after a stop.")
    )

    static let item = named.adding(
        .document("parameter_values", "e.parameter_values", "What it was started with.", maximumBytes: 1024)
    )

    static let execution = named.adding(
        .text("workflow_version", "d.version"),
        .document("parameter_values", "e.parameter_values", "What it was started with.", maximumBytes: 16 << 10),
        .document("performance_metrics", "e.performance_metrics", "What it measured of itself.")
    )

    private static let tables = """
        swf_workflow_executions e LEFT JOIN swf_workflow_definitions d ON d.id = e.workflow_definition_id
        """

    static let list = TimedTable(
        tables: tables,
        time: "e.start_time",
        key: .text("e.execution_id"),
        group: "e.status",
        shape: item
    )

    static func execution(_ id: String) -> Statement {
        Statement("SELECT \(execution.selection) FROM \(tables) WHERE e.execution_id = $1", [.string(id)])
    }

    static let notFound = ToolError(
        .notFound,
        "There is no workflow execution of that id.",
        hint: "swf_list_workflow_executions with an earlier start_time lists them."
    )
}
