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

    /// Every agent with its state as it is now.
    private static func agents(_ query: AgentQuery, now: Timestamp, binding conditions: inout Conditions) -> String {
        let limit = conditions.bind(.string(query.silenceLimit(now: now).zonedText))
        return """
            SELECT a.id, a.instance_name, a.agent_type, a.status AS reported_status, \
            CASE WHEN a.last_heartbeat < \(limit) THEN 'EXITED' ELSE a.status END AS status, \
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
