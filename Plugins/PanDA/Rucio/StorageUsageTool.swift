import JSON
package import PluginKit

/// Tells how full storage elements are.
package struct StorageUsageTool: Tool {
    package struct Input: Decodable, Sendable {
        let rse: String
    }

    private static let mostStorageElements = 20
    private static let mostSources = 5

    package static let description = ToolDescription(
        name: "rucio_rse_usage",
        title: "Space of storage",
        summary: """
            How full a storage element (RSE) of Rucio is and whether it can be read and written, or those of an RSE \
            expression such as type=DATADISK&tier=1. Of an account: rucio_account_usage.
            """,
        input: .object([.required("rse", .string("A name or an expression.", maximumLength: 256))]),
        output: .object([
            .required(
                "items",
                .array(
                    of: .object([
                        .required("rse", .string()),
                        .optional("type", .string("DISK or TAPE.")),
                        .optional("can_read", .boolean()),
                        .optional("can_write", .boolean()),
                        .optional("can_delete", .boolean()),
                        .required(
                            "usage",
                            .array(
                                of: .object([
                                    .required("source", .string("Who counted: rucio, storage and others.")),
                                    .optional("used_bytes", .integer(minimum: 0)),
                                    .optional("free_bytes", .integer()),
                                    .optional("total_bytes", .integer(minimum: 0)),
                                    .optional("files", .integer(minimum: 0)),
                                    .optional("updated", .time()),
                                ])
                            )
                        ),
                    ])
                )
            ),
            .required("total_count", .integer("How many storage elements fit.", minimum: 0)),
            .required("has_more", .boolean()),
            .optional("hint", .string()),
            .required("as_of", .time("When Rucio was asked.")),
            .required("monitor_urls", .array(of: .link)),
        ])
    )

    package struct Output: Encodable, Sendable {
        struct Usage: Encodable, Sendable {
            let source: String
            let usedBytes: Int?
            let freeBytes: Int?
            let totalBytes: Int?
            let files: Int?
            let updated: Timestamp?

            private enum CodingKeys: String, CodingKey {
                case source
                case usedBytes = "used_bytes"
                case freeBytes = "free_bytes"
                case totalBytes = "total_bytes"
                case files, updated
            }

            init(_ record: RucioRecord) {
                source = record.text("source", limit: 32) ?? "unknown"
                usedBytes = record.integer("used")
                freeBytes = record.balance("free")
                totalBytes = record.integer("total")
                files = record.integer("files")
                updated = record.time("updated_at")
            }
        }

        struct Item: Encodable, Sendable {
            let rse: String
            let type: String?
            let canRead: Bool?
            let canWrite: Bool?
            let canDelete: Bool?
            let usage: [Usage]

            private enum CodingKeys: String, CodingKey {
                case rse, type
                case canRead = "can_read"
                case canWrite = "can_write"
                case canDelete = "can_delete"
                case usage
            }
        }

        let items: [Item]
        let totalCount: Int
        let hasMore: Bool
        let hint: String?
        let asOf: Timestamp
        let monitorURLs: [Link] = []

        private enum CodingKeys: String, CodingKey {
            case items
            case totalCount = "total_count"
            case hasMore = "has_more"
            case hint
            case asOf = "as_of"
            case monitorURLs = "monitor_urls"
        }
    }

    private let source: RucioSource

    package init(source: RucioSource) {
        self.source = source
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let names = try await names(input.rse, in: context)
        var items: [Output.Item] = []
        for name in names.prefix(Self.mostStorageElements) {
            let path = "/rses/\(RucioName.encoded(name))"
            guard let found = try await source.object(at: path, in: context) else {
                guard names.count == 1 else { continue }
                throw ToolError(.notFound, "Rucio has no storage element of this name.", hint: "Names are exact.")
            }
            let usage = try await source.lines(at: path + "/usage", in: context)?.records ?? []
            items.append(
                Output.Item(
                    rse: name,
                    type: found.text("rse_type", limit: 16),
                    canRead: found.flag("availability_read"),
                    canWrite: found.flag("availability_write"),
                    canDelete: found.flag("availability_delete"),
                    usage: usage.prefix(Self.mostSources).map(Output.Usage.init)
                )
            )
        }
        let hasMore = names.count > Self.mostStorageElements
        return Output(
            items: items,
            totalCount: names.count,
            hasMore: hasMore,
            hint: hasMore ? "Only the first \(Self.mostStorageElements) by name; give a narrower expression." : nil,
            asOf: context.now
        )
    }

    /// The name itself, or those that fit an expression.
    private func names(_ text: String, in context: CallContext) async throws(ToolError) -> [String] {
        if RucioName.isPlain(text) { return [text] }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw ToolError(.invalidArgument, "rse: must be a name, or an expression in ASCII.")
        }
        let lines = try await source.lines(at: "/rses/", query: [("expression", text)], in: context)
        return (lines?.records ?? []).compactMap { $0.text("rse", limit: 64) }.filter(RucioName.isPlain).sorted()
    }
}
