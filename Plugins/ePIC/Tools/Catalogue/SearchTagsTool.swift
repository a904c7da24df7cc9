import JSON
import PanDAKit
import PluginKit

/// Finds tags by what is in their label, description or the values of their parameters.
struct SearchTagsTool: Tool {
    struct Input: Decodable, Sendable {
        let query: String
        let tag_type: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 50

    static let description = ToolDescription(
        name: "pcs_search_tags",
        title: "Search production tags",
        summary: """
            Production tags whose label, description or parameter values hold some text: "which tag is 18x275?".
            """,
        input: .object([
            .required("query", .string(maximumLength: 200)),
            .filter("tag_type", "p, e, s, r or k.", length: 8),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .filter("cursor", length: 32),
        ]),
        output: .list(
            of: TagTables.item.schema(),
            summary: .dictionary(of: .integer(minimum: 0), "Kind of tag → number, over everything that matches.")
        )
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        guard !input.query.isEmpty else { throw ToolError(.invalidArgument, "query: is empty.") }
        let kinds = try input.tag_type.given.map { letter throws(ToolError) in [try TagKind(letter: letter)] }
        let wanted = input.query.lowercased()
        var found: [Record] = []
        var counts: [(String, Int)] = []
        var isTruncated = false
        for kind in kinds ?? TagKind.allCases {
            let rows = try await SQLSource.testbed.rows(
                TagTables.all(kind),
                maximumRows: NamedListing.maximumRecords,
                in: context
            )
            if rows.isTruncated { isTruncated = true }
            let matching = rows.compactMap(TagTables.item.record).filter { Self.holds(wanted, $0) }
            if !matching.isEmpty { counts.append((kind.rawValue, matching.count)) }
            found += matching
        }
        var filters = JSONObject()
        filters["query"] = .string(input.query)
        filters["tag_type"] = kinds?.first.map { .string($0.rawValue) }
        let listing = try NamedListing(
            found,
            isTruncated: isTruncated,
            cursor: input.cursor,
            limit: input.limit ?? Self.defaultLimit
        )
        return listing.result(filters: filters, links: [], summary: .counts(counts), in: context)
    }

    private static func holds(_ wanted: String, _ tag: Record) -> Bool {
        let texts = [tag["tag_label"], tag["description"]].compactMap { $0?.string }
        return texts.contains { $0.lowercased().contains(wanted) } || holds(wanted, in: tag["parameters"] ?? .null)
    }

    /// Whether a value in the document holds the text; names of members do not count.
    private static func holds(_ wanted: String, in value: JSONValue) -> Bool {
        switch value {
        case .object(let object): object.members.contains { holds(wanted, in: $0.value) }
        case .array(let elements): elements.contains { holds(wanted, in: $0) }
        case .null: false
        case .string(let text): text.lowercased().contains(wanted)
        default: String(decoding: value.serialized, as: UTF8.self).contains(wanted)
        }
    }
}
