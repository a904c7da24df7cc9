import PluginKit

/// Tells one super time frame file.
struct GetFileTool: Tool {
    struct Input: Decodable, Sendable {
        let file_id: String?
        let stf_filename: String?
    }

    static let description = ToolDescription(
        name: "swf_get_stf_file",
        title: "One STF file",
        summary: """
            One super time frame file with checksum, states and metadata, by file_id or by stf_filename; give one.
            """,
        input: .object([.filter("file_id", length: 64), .filter("stf_filename", length: 255)]),
        output: FileTables.file.schema(.required("monitor_urls", .array(of: .link)))
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let statement: Statement
        switch (try UUIDArgument.uuid(input.file_id, "file_id"), input.stf_filename.given) {
        case (let id?, nil): statement = FileTables.file("file_id", id)
        case (nil, let name?): statement = FileTables.file("stf_filename", name)
        default: throw ToolError(.invalidArgument, "file_id and stf_filename: give one of them.")
        }
        let rows = try await SQLSource.testbed.rows(statement, maximumRows: 1, in: context)
        guard let row = rows.first, var file = FileTables.file.record(row), let id = row.text("file_id") else {
            throw ToolError(.notFound, "There is no such STF file.", hint: "swf_list_stf_files lists them.")
        }
        file.set("monitor_urls", [pages.page("STF file", "/stf-files/", of: id)])
        return file
    }
}
