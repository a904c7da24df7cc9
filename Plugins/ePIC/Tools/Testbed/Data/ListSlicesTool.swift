import PluginKit

/// Lists slices of time frame files, the newest first.
struct ListSlicesTool: Tool {
    struct Input: Decodable, Sendable {
        let id: Int?
        let fastmon_file_id: String?
        let run_number: Int?
        let stf_filename: String?
        let tf_filename: String?
        let status: String?
        let assigned_worker: String?
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?

        /// Whether an argument says which slices are meant, so that no window is needed.
        var isBound: Bool {
            id != nil || run_number != nil || fastmon_file_id.given != nil || stf_filename.given != nil
                || tf_filename.given != nil
        }
    }

    private static let defaultLimit = 200

    static let description = ToolDescription(
        name: "swf_list_tf_slices",
        title: "List TF slices",
        summary: """
            Slices of time frame files that workers process, newest first, with counts by status; of the last 24 \
            hours, or all of an id, run or file. One: swf_get_tf_slice.
            """,
        input: .object(
            [
                .optional("id", .integer(minimum: 1)), .filter("fastmon_file_id", length: 64),
                .optional("run_number", .integer(minimum: 0)), .filter("stf_filename", length: 255),
                .filter("tf_filename", length: 255),
                .filter("status", "queued, processing, completed or failed.", length: 32),
                .filter("assigned_worker", length: 255),
            ] + Schema.Property.span(limit: defaultLimit, maximum: 1000)
        ),
        output: .timedList(of: SliceTables.linked.item, countedBy: "Status")
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let link = try UUIDArgument.uuid(input.fastmon_file_id, "fastmon_file_id")
        let question = try TimedQuestion(
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            defaultHours: input.isBound ? nil : 24,
            key: SliceTables.linked.list.key,
            now: context.now
        )
        let tables = try await SQLSource.testbed.slices(in: context)
        var query = TimedQuery(question, limit: input.limit ?? Self.defaultLimit)
        query.filter("id", "t.id", input.id)
        if let link {
            guard let column = tables.linkColumn else {
                throw ToolError(
                    .invalidArgument,
                    "fastmon_file_id: this testbed's slices name their files; use tf_filename."
                )
            }
            query.filter("fastmon_file_id", column, link)
        }
        query.filter("run_number", "t.run_number", input.run_number)
        query.filter("stf_filename", tables.sourceColumn, input.stf_filename)
        query.filter("tf_filename", tables.fileColumn, input.tf_filename)
        query.filter(caseless: "status", "t.status", input.status)
        query.filter("assigned_worker", "t.assigned_worker", input.assigned_worker)
        let links = pages.list(
            "TF slices",
            "/tf-slices/",
            [("run_number", input.run_number.map(String.init)), ("status", input.status)]
        )
        return try await SQLSource.testbed.list(tables.list, query, links: links, in: context)
    }
}
