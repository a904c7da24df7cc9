import JSON
import PluginKit

/// Statements about agents; who is silent is found out here, nothing is written.
enum AgentStatements {
    static func counts(_ query: AgentQuery, now: Timestamp) -> Statement {
        var conditions = Conditions()
        let agents = agents(query, now: now, binding: &conditions)
        add(query, to: &conditions)
        return Statement(
            """
            SELECT status, COUNT(*) AS n FROM (\(agents)) found WHERE \(conditions.text) \
            GROUP BY status ORDER BY n DESC, status
            """,
            conditions.parameters
        )
    }

    static func page(_ query: AgentQuery, now: Timestamp) -> Statement {
        var conditions = Conditions()
        let agents = agents(query, now: now, binding: &conditions)
        add(query, to: &conditions)
        switch query.status {
        case .all: break
        case .present: conditions.add("status <> 'EXITED'")
        case .only(let status): conditions.equal("status", .string(status))
        }
        let text = """
            SELECT * FROM (\(agents)) found WHERE \(conditions.text) \
            ORDER BY CASE WHEN last_heartbeat IS NULL THEN 1 ELSE 0 END, last_heartbeat DESC, id
            """
        let (limit, offset) = (conditions.bind(.integer(query.limit)), conditions.bind(.integer(query.offset)))
        return Statement("\(text) LIMIT \(limit) OFFSET \(offset)", conditions.parameters)
    }

    /// Everything known about an agent; `$1` is the moment before which a last heartbeat means silence.
    static let agent = RecordShape(
        .text("name", "a.instance_name").required,
        .text("agent_type", "a.agent_type"),
        .text("status", currentStatus(silentBefore: "$1"), "As it is now; EXITED also when it fell silent.").required,
        .text("reported_status", "a.status", "What it last said of itself."),
        .text("operational_state", "a.operational_state"),
        .text("namespace", "a.namespace"),
        .time("last_heartbeat", "a.last_heartbeat"),
        .untrusted("description", "a.description", "What it says of itself."),
        .flag("workflow_enabled", "a.workflow_enabled"),
        .integer("current_stf_count", "a.current_stf_count"),
        .integer("total_stf_processed", "a.total_stf_processed"),
        .time("last_stf_processed", "a.last_stf_processed"),
        .integer("pid", "a.pid"),
        .text("hostname", "a.hostname"),
        .time("created_at", "a.created_at"),
        .document("metadata", "a.metadata", "What it attached.")
    )

    static func agent(named name: String, now: Timestamp) -> Statement {
        Statement(
            "SELECT \(agent.selection) FROM swf_systemagent a WHERE a.instance_name = $2",
            [.string(AgentQuery.silenceLimit(now: now).zonedText), .string(name)]
        )
    }

    /// The state of an agent `a` as it is now.
    static func currentStatus(silentBefore limit: String) -> String {
        "CASE WHEN a.last_heartbeat < \(limit) THEN 'EXITED' ELSE a.status END"
    }

    /// Every agent with its state as it is now.
    private static func agents(_ query: AgentQuery, now: Timestamp, binding conditions: inout Conditions) -> String {
        let limit = conditions.bind(.string(AgentQuery.silenceLimit(now: now).zonedText))
        return """
            SELECT a.id, a.instance_name, a.agent_type, a.status AS reported_status, \
            \(currentStatus(silentBefore: limit)) AS status, \
            a.operational_state, a.namespace, a.last_heartbeat, a.workflow_enabled, a.total_stf_processed \
            FROM swf_systemagent a
            """
    }

    private static func add(_ query: AgentQuery, to conditions: inout Conditions) {
        conditions.equal("namespace", query.namespace.map(JSONValue.string))
        if let type = query.type { conditions.oneOf("agent_type", type.names.map(JSONValue.string)) }
        if let start = query.start { conditions.add("last_heartbeat >= \(conditions.bind(.string(start.zonedText)))") }
        if let end = query.end { conditions.add("last_heartbeat < \(conditions.bind(.string(end.zonedText)))") }
        if let id = query.executionID {
            conditions.add(
                """
                instance_name IN (SELECT m.sender_agent FROM swf_workflow_messages m \
                WHERE m.execution_id = \(conditions.bind(.string(id))))
                """
            )
        }
    }
}
