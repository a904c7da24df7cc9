import PluginKit

/// Lists the super time frame files, the newest first.
struct ListFilesTool: Tool {
    struct Input: Decodable, Sendable {
        let run_number: Int?
        let status: String?
        let machine_state: String?
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100

    static let description = ToolDescription(
        name: "swf_list_stf_files",
        title: "List STF files",
        summary: """
            Super time frame files, newest first, with counts by status; of the last 24 hours, or of a whole run. \
            One: swf_get_stf_file.
            """,
        input: .object(
            [
                .optional("run_number", .integer(minimum: 0)),
                .filter("status", FileTables.states.joined(separator: ", ") + ".", length: 32),
                .filter("machine_state", "Such as run or physics.", length: 64),
            ] + Schema.Property.span(limit: defaultLimit, maximum: 500)
        ),
        output: .timedList(of: FileTables.item, countedBy: "Status")
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let table = FileTables.list
        let question = try TimedQuestion(
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            defaultHours: input.run_number == nil ? 24 : nil,
            key: table.key,
            now: context.now
        )
        var query = TimedQuery(question, limit: input.limit ?? Self.defaultLimit)
        query.filter("run_number", "r.run_number", input.run_number)
        query.filter("status", "s.status", try Self.status(input.status))
        query.filter(caseless: "machine_state", "s.machine_state", input.machine_state)
        let links = pages.list(
            "STF files",
            "/stf-files/",
            [("run_number", input.run_number.map(String.init)), ("status", input.status)]
        )
        return try await SQLSource.testbed.list(table, query, links: links, in: context)
    }

    private static func status(_ word: String?) throws(ToolError) -> String? {
        guard let word = word.given else { return nil }
        guard let state = FileTables.states.first(where: { $0 == word.lowercased() }) else {
            throw ToolError(
                .invalidArgument,
                "status: is none of \(FileTables.states.joined(separator: ", "))."
            )
        }
        return state
    }
}
