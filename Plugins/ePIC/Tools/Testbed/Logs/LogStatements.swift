import JSON
import PanDAKit
import PluginKit

/// Statements about the testbed's log.
enum LogStatements {
    static func conditions(of query: LogQuery) -> Conditions {
        var conditions = Conditions()
        let window = query.question.window
        conditions.add("l.timestamp >= \(conditions.bind(.string(window.start.zonedText)))")
        conditions.add("l.timestamp < \(conditions.bind(.string(window.end.zonedText)))")
        conditions.equal("l.app_name", query.application.map(JSONValue.string))
        conditions.equal("l.instance_name", query.instance.map(JSONValue.string))
        conditions.equal("l.extra_data ->> 'execution_id'", query.executionID.map(JSONValue.string))
        if let severity = query.severity {
            conditions.add("l.level >= \(conditions.bind(.integer(severity.rawValue)))")
        }
        conditions.mentioning("l.message", query.search)
        return conditions
    }

    static func counts(_ query: LogQuery) -> Statement {
        let conditions = conditions(of: query)
        return Statement(
            """
            SELECT l.levelname, COUNT(*) AS n FROM swf_applog l WHERE \(conditions.text) \
            GROUP BY l.levelname ORDER BY n DESC
            """,
            conditions.parameters
        )
    }

    /// One page, one row more than asked for; agents send late, so ids do not follow the time.
    static func page(_ query: LogQuery) -> Statement {
        var conditions = conditions(of: query)
        if let id = query.question.beforeID, let time = query.question.beforeTime {
            let last = (time: conditions.bind(.string(time.zonedText)), id: conditions.bind(.integer(id)))
            conditions.add("(l.timestamp < \(last.time) OR (l.timestamp = \(last.time) AND l.id < \(last.id)))")
        }
        let text = """
            SELECT l.id, l.app_name, l.instance_name, l.timestamp, l.levelname, l.message, l.module, l.funcname, \
            l.lineno, l.extra_data FROM swf_applog l WHERE \(conditions.text) ORDER BY l.timestamp DESC, l.id DESC
            """
        let limit = conditions.bind(.integer(query.limit + 1))
        return Statement("\(text) LIMIT \(limit)", conditions.parameters)
    }

    static func start(ofExecution id: String) -> Statement {
        Statement("SELECT e.start_time FROM swf_workflow_executions e WHERE e.execution_id = $1", [.string(id)])
    }
}
