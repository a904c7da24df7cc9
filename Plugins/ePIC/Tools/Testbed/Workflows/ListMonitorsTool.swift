import JSON
import PluginKit

/// Lists the executions of the last day with the files they made.
struct ListMonitorsTool: Tool {
    struct Input: Decodable, Sendable {
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 20

    private static let item = RecordShape(
        .text("execution_id", "e.execution_id").required,
        .text("status", "e.status").required,
        .time("start_time", "e.start_time").required,
        .time("end_time", "e.end_time")
    )

    private static let table = TimedTable(
        tables: "swf_workflow_executions e",
        time: "e.start_time",
        key: .text("e.execution_id"),
        group: "e.status",
        shape: item
    )

    static let description = ToolDescription(
        name: "swf_list_workflow_monitors",
        title: "Monitor executions",
        summary: """
            Workflow executions of the last 24 hours, newest first, with their STF files counted. Filters: \
            swf_list_workflow_executions; one: swf_get_workflow_monitor.
            """,
        input: .object(Schema.Property.span(limit: defaultLimit, maximum: 100)),
        output: .list(
            of: item.schema(.required("stf_count", .integer("STF files of its runs."))),
            summary: .dictionary(of: .integer(minimum: 0), "Status → number, over everything that matches.")
        )
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let question = try TimedQuestion(
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            defaultHours: 24,
            key: Self.table.key,
            now: context.now
        )
        let query = TimedQuery(question, limit: input.limit ?? Self.defaultLimit)
        let links = pages.list("Executions", "/workflow-executions/")
        return try await SQLSource.testbed.list(Self.table, query, links: links, in: context) {
            (records) async throws(ToolError) in
            let files = try await SQLSource.testbed.fileCounts(
                ofExecutions: records.compactMap { $0["execution_id"]?.string },
                in: context
            )
            return records.map { record in
                var record = record
                record["stf_count"] = .integer(record["execution_id"]?.string.flatMap { files[$0] } ?? 0)
                return record
            }
        }
    }
}
