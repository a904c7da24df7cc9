import JSON
package import PluginKit

/// Lists the files of a dataset or container.
package struct DIDFilesTool: Tool {
    package struct Input: Decodable, Sendable {
        let did: String
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100

    package static let description = ToolDescription(
        name: "rucio_files",
        title: "List files of data",
        summary: "The files of a dataset or container of Rucio, with sizes. Where they lie: rucio_replicas.",
        input: .object([
            .required("did", RucioName.didSchema),
            .optional("limit", .integer(minimum: 1, maximum: 1000, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 64)),
        ]),
        output: .list(
            of: .object([
                .required("did", .string("As scope:name.")),
                .optional("size_bytes", .integer(minimum: 0)),
                .optional("adler32", .string("Its checksum.")),
                .optional("events", .integer(minimum: 0)),
                .optional("guid", .string()),
            ]),
            summary: .object([.required("size_bytes", .integer("Of all files.", minimum: 0))])
        )
    )

    package struct Item: Encodable, Sendable, PositionedItem {
        let did: String
        let sizeBytes: Int?
        let adler32: String?
        let events: Int?
        let guid: String?
        var position: Int?

        private enum CodingKeys: String, CodingKey {
            case did
            case sizeBytes = "size_bytes"
            case adler32, events, guid
        }
    }

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<Item> {
        let did = try RucioName.DID(input.did)
        let page = try RucioPage(cursor: input.cursor, limit: input.limit ?? Self.defaultLimit)
        guard let lines = try await source.lines(at: did.path(below: "dids") + "/files", in: context) else {
            throw ToolError.noSuchData
        }
        let items = lines.records.compactMap { record in
            record.did.map {
                Item(
                    did: $0,
                    sizeBytes: record.integer("bytes"),
                    adler32: record.text("adler32", limit: 16),
                    events: record.integer("events"),
                    guid: record.text("guid", limit: 64)
                )
            }
        }
        .sorted { $0.did < $1.did }
        let bytes = RucioRecord.sum(items.map(\.sizeBytes))
        return page.result(
            of: items,
            isComplete: lines.isComplete,
            filters: ["did": .string(did.text)].filters,
            hint: items.isEmpty ? "It has no files." : nil,
            summary: ["size_bytes": .integer(bytes)],
            in: context
        )
    }
}
