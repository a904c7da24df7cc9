import JSON
import PluginKit

/// What is read of the definitions of workflows.
enum DefinitionTables {
    static let item = RecordShape(
        .text("workflow_name", "d.workflow_name").required,
        .text("version", "d.version").required,
        .text("workflow_type", "d.workflow_type"),
        .text("created_by", "d.created_by"),
        .time("created_at", "d.created_at"),
        .integer(
            "execution_count",
            "(SELECT COUNT(*) FROM swf_workflow_executions e WHERE e.workflow_definition_id = d.id)"
        )
    )

    static func list(type: String?, createdBy: String?) -> Statement {
        var conditions = Conditions()
        conditions.equal("d.workflow_type", type.map { .string($0) })
        conditions.equal("d.created_by", createdBy.map { .string($0) })
        return Statement(
            """
            SELECT \(item.selection), d.parameter_values FROM swf_workflow_definitions d WHERE \(conditions.text) \
            ORDER BY d.id
            """,
            conditions.parameters
        )
    }
}
