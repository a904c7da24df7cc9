import JSON
import PluginKit

/// Statements about the testbed as a whole.
enum StateStatements {
    static func manager(_ user: TestbedUser) -> Statement {
        Statement(
            """
            SELECT a.namespace, a.operational_state, a.status, a.last_heartbeat, a.metadata, a.description \
            FROM swf_systemagent a WHERE a.instance_name = $1
            """,
            [.string(user.managerName)]
        )
    }

    /// The agents of a testbed that have not ended, but for its manager.
    static func agents(in namespace: String) -> Statement {
        Statement(
            """
            SELECT a.instance_name, a.agent_type, a.status, a.last_heartbeat FROM swf_systemagent a \
            WHERE a.namespace = $1 AND a.agent_type <> 'agent_manager' AND a.status <> 'EXITED' \
            AND a.operational_state <> 'EXITED' \
            ORDER BY CASE WHEN a.last_heartbeat IS NULL THEN 1 ELSE 0 END, a.last_heartbeat DESC, a.id
            """,
            [.string(namespace)]
        )
    }

    static func runningExecutions(in namespace: String) -> Statement {
        Statement(
            "SELECT COUNT(*) AS n FROM swf_workflow_executions e WHERE e.namespace = $1 AND e.status = 'running'",
            [.string(namespace)]
        )
    }

    /// The agents that run workflows in a testbed, the one heard of last first.
    static func runner(in namespace: String) -> Statement {
        Statement(
            """
            SELECT a.instance_name, a.operational_state, a.last_heartbeat FROM swf_systemagent a \
            WHERE a.namespace = $1 AND a.agent_type IN ('DAQ_Simulator', 'workflow_runner') \
            ORDER BY CASE WHEN a.operational_state = 'EXITED' THEN 1 ELSE 0 END, \
            CASE WHEN a.last_heartbeat IS NULL THEN 1 ELSE 0 END, a.last_heartbeat DESC, a.id LIMIT 1
            """,
            [.string(namespace)]
        )
    }

    static func lastExecution(in namespace: String) -> Statement {
        Statement(
            """
            SELECT e.execution_id, e.status, e.start_time, e.end_time FROM swf_workflow_executions e \
            WHERE e.namespace = $1 ORDER BY e.start_time DESC, e.execution_id DESC LIMIT 1
            """,
            [.string(namespace)]
        )
    }

    /// Errors logged by the agents of a testbed: lines do not say which testbed they are of.
    static func errors(in namespace: String, since start: Timestamp) -> Statement {
        Statement(
            """
            SELECT COUNT(*) AS n FROM swf_applog l WHERE l.timestamp >= $1 AND l.level >= \(LogSeverity.error.rawValue) \
            AND l.instance_name IN (SELECT a.instance_name FROM swf_systemagent a WHERE a.namespace = $2)
            """,
            [.string(start.zonedText), .string(namespace)]
        )
    }

    /// Agents by state as it is now, and whether they were heard of lately.
    static func agentCounts(now: Timestamp) -> Statement {
        let fresh = "CASE WHEN a.last_heartbeat >= $2 THEN 1 ELSE 0 END"
        let current = AgentStatements.currentStatus(silentBefore: "$1")
        return Statement(
            """
            SELECT status, is_fresh, COUNT(*) AS n FROM (SELECT \(current) AS status, \(fresh) AS is_fresh \
            FROM swf_systemagent a) counted GROUP BY status, is_fresh
            """,
            [
                .string(AgentQuery.silenceLimit(now: now).zonedText),
                .string(now.adding(seconds: -AgentManager.freshSeconds).zonedText),
            ]
        )
    }

    static let runningExecutions = Statement(
        "SELECT COUNT(*) AS n FROM swf_workflow_executions e WHERE e.status = 'running'"
    )

    static func completedExecutions(since start: Timestamp) -> Statement {
        Statement(
            "SELECT COUNT(*) AS n FROM swf_workflow_executions e WHERE e.status = 'completed' AND e.end_time >= $1",
            [.string(start.zonedText)]
        )
    }

    static func messages(since start: Timestamp) -> Statement {
        Statement(
            "SELECT COUNT(*) AS n FROM swf_workflow_messages m WHERE m.sent_at >= $1",
            [.string(start.zonedText)]
        )
    }

    static let runState = RecordShape(
        .integer("run_number", "r.run_number").required,
        .text("phase", "r.phase"),
        .text("state", "r.state"),
        .text("substate", "r.substate"),
        .integer("active_workers", "r.active_worker_count"),
        .integer("target_workers", "r.target_worker_count"),
        .integer("slices_queued", "r.slices_queued"),
        .integer("slices_processing", "r.slices_processing"),
        .integer("slices_completed", "r.slices_completed"),
        .integer("slices_failed", "r.slices_failed")
    )

    static func runStates(limit: Int) -> Statement {
        Statement(
            "SELECT \(runState.selection) FROM swf_run_state r ORDER BY r.run_number DESC LIMIT $1",
            [.integer(limit)]
        )
    }

    static let event = RecordShape(
        .time("timestamp", "v.timestamp").required,
        .integer("run_number", "v.run_number"),
        .text("event_type", "v.event_type"),
        .text("state", "v.state")
    )

    static func events(limit: Int) -> Statement {
        Statement(
            """
            SELECT \(event.selection) FROM swf_system_state_events v \
            ORDER BY v.timestamp DESC, v.event_id DESC LIMIT $1
            """,
            [.integer(limit)]
        )
    }

    static let persistentState = Statement("SELECT p.state_data FROM swf_persistent_state p WHERE p.id = 1")
}
