import JSON
package import PluginKit

/// Finds data identifiers by their names.
package struct FindDIDsTool: Tool {
    package struct Input: Decodable, Sendable {
        let scope: String
        let name: String
        let type: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 50

    package static let description = ToolDescription(
        name: "rucio_find_dids",
        title: "Find data",
        summary: """
            Datasets, containers or files of a Rucio scope by a pattern of their names. Of one: rucio_did; where its \
            files lie: rucio_replicas.
            """,
        input: .object([
            .required("scope", .string("Such as mc23 or user.alice.", maximumLength: 64)),
            .required("name", .string("With * for any text.", maximumLength: RucioName.longestName)),
            .optional(
                "type",
                .choice(["collection", "dataset", "container", "file", "all"], default: "collection")
            ),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 64)),
        ]),
        output: .list(
            of: .object([
                .required("did", .string("As scope:name.")),
                .optional("type", .string("FILE, DATASET or CONTAINER.")),
                .optional("size_bytes", .integer("Absent for what is still open.")),
                .optional("file_count", .integer("Absent for what is still open.")),
            ])
        )
    )

    package struct Item: Encodable, Sendable, PositionedItem {
        let did: String
        let type: String?
        let sizeBytes: Int?
        let fileCount: Int?
        var position: Int?

        private enum CodingKeys: String, CodingKey {
            case did, type
            case sizeBytes = "size_bytes"
            case fileCount = "file_count"
        }
    }

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<Item> {
        guard RucioName.isPlain(input.scope) else {
            throw ToolError(.invalidArgument, "scope: must be letters, digits, dots, - and _.")
        }
        guard RucioName.isName(input.name) else {
            throw ToolError(.invalidArgument, "name: must be a name or a pattern with *, without spaces.")
        }
        let page = try RucioPage(cursor: input.cursor, limit: input.limit ?? Self.defaultLimit)
        let type = input.type ?? "collection"
        let lines = try await source.lines(
            at: "/dids/\(RucioName.encoded(input.scope))/dids/search",
            query: [("type", type), ("name", input.name), ("long", "1")],
            in: context
        )
        let items = (lines?.records ?? []).compactMap { record in
            record.did.map {
                Item(
                    did: $0,
                    type: record.text("did_type", limit: 16),
                    sizeBytes: record.integer("bytes"),
                    fileCount: record.integer("length")
                )
            }
        }
        .sorted { $0.did < $1.did }
        return page.result(
            of: items,
            isComplete: lines?.isComplete ?? true,
            filters: ["scope": .string(input.scope), "name": .string(input.name), "type": .string(type)].filters,
            hint: items.isEmpty ? "Nothing has this name; put * where you do not know it, or try type: all." : nil,
            in: context
        )
    }
}
