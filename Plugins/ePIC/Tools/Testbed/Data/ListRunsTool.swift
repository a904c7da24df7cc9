import PluginKit

/// Lists the testbed's runs, the newest first.
struct ListRunsTool: Tool {
    struct Input: Decodable, Sendable {
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100
    private static let defaultHours = 7 * 24

    static let description = ToolDescription(
        name: "swf_list_runs",
        title: "List runs",
        summary: """
            Data-taking runs of the testbed, newest first, with their STF files counted; of the last 7 days by \
            default. One run: swf_get_run.
            """,
        input: .object(Schema.Property.span(limit: defaultLimit, maximum: 500)),
        output: .timedList(of: RunTables.item, countedBy: "ended or open")
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let table = RunTables.list
        let question = try TimedQuestion(
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            defaultHours: Self.defaultHours,
            key: table.key,
            now: context.now
        )
        let query = TimedQuery(question, limit: input.limit ?? Self.defaultLimit)
        return try await SQLSource.testbed.list(table, query, links: pages.list("Runs", "/runs/"), in: context)
    }
}
