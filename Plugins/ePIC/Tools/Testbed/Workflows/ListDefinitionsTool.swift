import JSON
import PanDAKit
import PluginKit

/// Lists the definitions of workflows by name, of each the newest version first.
struct ListDefinitionsTool: Tool {
    struct Input: Decodable, Sendable {
        let workflow_type: String?
        let created_by: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100

    static let description = ToolDescription(
        name: "swf_list_workflow_definitions",
        title: "List workflow definitions",
        summary: "Workflows that can be run, by name and version, with their number of executions. Not time-windowed.",
        input: .object([
            .filter("workflow_type"), .filter("created_by"),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .filter("cursor", length: 32),
        ]),
        output: .list(of: DefinitionTables.item.schema(.optional("description", .untrustedText("What it is for."))))
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let statement = DefinitionTables.list(type: input.workflow_type.given, createdBy: input.created_by.given)
        let rows = try await SQLSource.testbed.rows(
            statement,
            maximumRows: NamedListing.maximumRecords,
            in: context
        )
        let records = rows.compactMap(Self.record).sorted { left, right in
            let names = (left["workflow_name"]?.string, right["workflow_name"]?.string)
            guard names.0 == names.1 else { return NamedListing.isBefore(names.0, names.1) }
            return NamedListing.isBefore(right["version"]?.string, left["version"]?.string)
        }
        var filters = JSONObject()
        filters["workflow_type"] = input.workflow_type.given.map(JSONValue.string)
        filters["created_by"] = input.created_by.given.map(JSONValue.string)
        let listing = try NamedListing(
            records,
            isTruncated: rows.isTruncated,
            cursor: input.cursor,
            limit: input.limit ?? Self.defaultLimit
        )
        return listing.result(
            filters: filters,
            links: pages.list("Workflow definitions", "/workflow-definitions/"),
            in: context
        )
    }

    private static func record(_ row: Row) -> Record? {
        var record = DefinitionTables.item.record(row)
        let about = row.document("parameter_values")["workflow"]?["description"]?.string
        record?["description"] = about.map { .string(UntrustedText.cleaned($0, limit: 512)) }
        return record
    }
}
