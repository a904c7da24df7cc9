import PluginKit

/// Tells one slice of a time frame file.
struct GetSliceTool: Tool {
    struct Input: Decodable, Sendable {
        let tf_filename: String
        let slice_id: Int
    }

    static let description = ToolDescription(
        name: "swf_get_tf_slice",
        title: "One TF slice",
        summary: """
            One slice by its time frame file and its number in it (most agents count from 0): state, worker, times.
            """,
        input: .object([
            .required("tf_filename", .string(maximumLength: 255)), .required("slice_id", .integer(minimum: 0)),
        ]),
        output: SliceTables.linked.slice.schema(.required("monitor_urls", .array(of: .link)))
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let tables = try await SQLSource.testbed.slices(in: context)
        let statement = tables.slice(input.slice_id, of: input.tf_filename)
        let rows = try await SQLSource.testbed.rows(statement, maximumRows: 1, in: context)
        guard let row = rows.first, var slice = tables.slice.record(row) else {
            throw ToolError(
                .notFound,
                "There is no slice \(input.slice_id) of that file.",
                hint: "swf_list_tf_slices with tf_filename lists those there are."
            )
        }
        slice.set("monitor_urls", pages.list("TF slices", "/tf-slices/"))
        return slice
    }
}
