import PluginKit

/// What is read of the messages agents sent each other.
enum MessageTables {
    static let item = RecordShape(
        .text("message_id", "m.message_id", "A UUID.").required,
        .text("message_type", "m.message_type").required,
        .text("sender_agent", "m.sender_agent"),
        .text("namespace", "m.namespace"),
        .time("sent_at", "m.sent_at").required,
        .text("execution_id", "m.execution_id"),
        .text("run_id", "m.run_id", "Mostly a run number; any text."),
        .excerpt("payload_summary", "m.message_content", "How the message begins, as JSON.", limit: 200)
    )

    static let list = TimedTable(
        tables: "swf_workflow_messages m",
        time: "m.sent_at",
        key: .uuid("m.message_id"),
        group: "m.message_type",
        shape: item
    )
}
