import JSON
import PluginKit

/// Tells one tag of the production catalogue.
struct GetTagTool: Tool {
    struct Input: Decodable, Sendable {
        let tag_label: String
    }

    static let description = ToolDescription(
        name: "pcs_get_tag",
        title: "One production tag",
        summary: """
            One production tag by its label, such as p1001 in a data set's name: what it fixes, who made it.
            """,
        input: .object([.required("tag_label", .string(maximumLength: 32))]),
        output: TagTables.tag.schema(.required("tag_type", .string(TagKind.summary + ".")))
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let label = try TagLabel(input.tag_label)
        let rows = try await SQLSource.testbed.rows(TagTables.tag(label), maximumRows: 1, in: context)
        guard var tag = rows.first.flatMap(TagTables.tag.record) else {
            throw ToolError(
                .notFound,
                "There is no tag \(label.text).",
                hint: "pcs_list_tags with tag_type \(label.kind.rawValue) lists those there are."
            )
        }
        tag["tag_type"] = .string(label.kind.rawValue)
        return tag
    }
}
