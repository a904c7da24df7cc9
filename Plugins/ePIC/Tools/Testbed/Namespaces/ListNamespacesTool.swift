import JSON
import PluginKit

/// Lists the testbeds that share the broker and the database, by name.
struct ListNamespacesTool: Tool {
    struct Input: Decodable, Sendable {
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100

    static let description = ToolDescription(
        name: "swf_list_namespaces",
        title: "List namespaces",
        summary: "The testbeds (namespaces) by name, with their owner. What goes on in one: swf_get_namespace.",
        input: .object([
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .filter("cursor", length: 32),
        ]),
        output: .list(of: NamespaceTables.namespace.schema())
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let rows = try await SQLSource.testbed.rows(
            NamespaceTables.all,
            maximumRows: NamedListing.maximumRecords,
            in: context
        )
        let records = rows.compactMap(NamespaceTables.namespace.record)
            .sorted { NamedListing.isBefore($0["name"]?.string, $1["name"]?.string) }
        let listing = try NamedListing(
            records,
            isTruncated: rows.isTruncated,
            cursor: input.cursor,
            limit: input.limit ?? Self.defaultLimit
        )
        return listing.result(filters: JSONObject(), links: pages.list("Namespaces", "/namespaces/"), in: context)
    }
}
