import JSON
import PluginKit

/// What is read to see whether a command took effect.
enum ControlStatements {
    private static let mostExecutions = 500

    /// The newest executions of a namespace.
    static func executions(in namespace: String) -> Statement {
        Statement(
            """
            SELECT e.execution_id, e.status, e.executed_by, e.start_time FROM swf_workflow_executions e \
            WHERE e.namespace = $1 ORDER BY e.start_time DESC, e.execution_id DESC LIMIT \(mostExecutions)
            """,
            [.string(namespace)]
        )
    }

    /// How many runners of all testbeds read the queue of commands.
    static func liveRunners(now: Timestamp) -> Statement {
        Statement(
            """
            SELECT COUNT(*) AS n FROM swf_systemagent a WHERE a.agent_type IN ('DAQ_Simulator', 'workflow_runner') \
            AND a.operational_state <> 'EXITED' AND a.last_heartbeat >= $1
            """,
            [.string(now.adding(seconds: -AgentManager.freshSeconds).zonedText)]
        )
    }

    static func execution(_ id: String) -> Statement {
        Statement(
            """
            SELECT e.execution_id, e.status, e.namespace, e.executed_by, e.start_time, e.end_time \
            FROM swf_workflow_executions e WHERE e.execution_id = $1
            """,
            [.string(id)]
        )
    }
}

extension StateReading {
    func executions(in namespace: String) async throws(ToolError) -> Rows {
        try await rows(ControlStatements.executions(in: namespace), 500)
    }

    /// One execution.
    /// - Throws: `ToolError` with `not_found` when there is none.
    func execution(_ id: String) async throws(ToolError) -> Row {
        guard let row = try await rows(ControlStatements.execution(id), 1).first else { throw ExecutionTables.notFound }
        return row
    }
}
