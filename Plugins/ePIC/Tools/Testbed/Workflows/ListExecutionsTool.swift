import PluginKit

/// Lists executions of workflows, the newest first.
struct ListExecutionsTool: Tool {
    struct Input: Decodable, Sendable {
        let namespace: String?
        let status: String?
        let executed_by: String?
        let workflow_name: String?
        let currently_running: Bool?
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100

    static let description = ToolDescription(
        name: "swf_list_workflow_executions",
        title: "List workflow executions",
        summary: """
            Workflow executions, newest first, with counts by status; of the last 24 hours, or what runs now. What \
            happens in one: swf_get_workflow_monitor; its parameters: swf_get_workflow_execution.
            """,
        input: .object(
            [
                .filter("namespace"),
                .filter("status", ExecutionTables.states.joined(separator: ", ") + ".", length: 50),
                .filter("executed_by"), .filter("workflow_name", length: 200),
                .optional("currently_running", .boolean()),
            ] + Schema.Property.span(limit: defaultLimit, maximum: 500)
        ),
        output: .timedList(of: ExecutionTables.item, countedBy: "Status")
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let table = ExecutionTables.list
        let isRunning = input.currently_running ?? false
        guard !isRunning || (input.status.given == nil && input.start_time.given == nil && input.end_time.given == nil)
        else {
            throw ToolError(
                .invalidArgument,
                "currently_running: goes without status, start_time and end_time; what runs is shown whenever it began."
            )
        }
        let question = try TimedQuestion(
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            defaultHours: isRunning ? nil : 24,
            key: table.key,
            now: context.now
        )
        var query = TimedQuery(question, limit: input.limit ?? Self.defaultLimit)
        query.filter("namespace", "e.namespace", input.namespace)
        query.filter(caseless: "status", "e.status", isRunning ? "running" : input.status)
        query.filter("executed_by", "e.executed_by", input.executed_by)
        query.filter("workflow_name", "d.workflow_name", input.workflow_name)
        let links = pages.list(
            "Executions",
            "/workflow-executions/",
            [("namespace", input.namespace), ("status", isRunning ? "running" : input.status)]
        )
        return try await SQLSource.testbed.list(table, query, links: links, in: context)
    }
}
