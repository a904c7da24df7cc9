import JSON
import PluginKit

/// What is read of the testbeds that share one database.
enum NamespaceTables {
    static let namespace = RecordShape(
        .text("name", "n.name").required,
        .text("owner", "n.owner"),
        .untrusted("description", "n.description", "What it is for.")
    )

    static let all = Statement("SELECT \(namespace.selection) FROM swf_namespace n")

    static func namespace(_ name: String) -> Statement {
        Statement("SELECT \(namespace.selection) FROM swf_namespace n WHERE n.name = $1", [.string(name)])
    }

    static func agents(in name: String) -> Statement {
        Statement("SELECT COUNT(*) AS n FROM swf_systemagent a WHERE a.namespace = $1", [.string(name)])
    }

    /// Executions that began in a window, by who started them.
    static func executions(in name: String, _ window: Window) -> Statement {
        Statement(
            """
            SELECT e.executed_by AS name, COUNT(*) AS n FROM swf_workflow_executions e WHERE e.namespace = $1 \
            AND e.start_time >= $2 AND e.start_time < $3 GROUP BY e.executed_by
            """,
            parameters(name, window)
        )
    }

    static func messages(in name: String, _ window: Window) -> Statement {
        Statement(
            """
            SELECT COUNT(*) AS n FROM swf_workflow_messages m WHERE m.namespace = $1 \
            AND m.sent_at >= $2 AND m.sent_at < $3
            """,
            parameters(name, window)
        )
    }

    private static func parameters(_ name: String, _ window: Window) -> [JSONValue] {
        [.string(name), .string(window.start.zonedText), .string(window.end.zonedText)]
    }
}
