import JSON
import PanDAKit
import PluginKit

/// Lists the tags of one kind, the newest number first.
struct ListTagsTool: Tool {
    struct Input: Decodable, Sendable {
        let tag_type: String
        let category: String?
        let status: String?
        let creator: String?
        let search: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100
    private static let mark = "g1."
    private static let states = ["draft", "locked"]

    static let description = ToolDescription(
        name: "pcs_list_tags",
        title: "List production tags",
        summary: """
            Tags of one kind in the production catalogue, newest first. By their parameters' values: pcs_search_tags; \
            one tag: pcs_get_tag.
            """,
        input: .object([
            .required("tag_type", .string("\(TagKind.summary).", maximumLength: 8)),
            .filter("category", "Of physics tags, such as DVCS."), .filter("status", "draft or locked.", length: 16),
            .filter("creator"), .filter("search", "A part of label or description."),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .filter("cursor", length: 32),
        ]),
        output: .list(
            of: TagTables.item.schema(),
            summary: .dictionary(of: .integer(minimum: 0), "Status → number, over everything that matches.")
        )
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<TimedRecord> {
        let kind = try TagKind(letter: input.tag_type)
        var filter = TagTables.Filter()
        filter.category = input.category.given
        guard filter.category == nil || kind == .physics else {
            throw ToolError(.invalidArgument, "category: only physics tags (p) have one.")
        }
        filter.status = input.status.given?.lowercased()
        guard filter.status.map(Self.states.contains) ?? true else {
            throw ToolError(.invalidArgument, "status: is none of \(Self.states.joined(separator: ", ")).")
        }
        filter.creator = input.creator.given
        filter.search = input.search.given
        filter.beforeNumber = try Self.number(input.cursor)
        let limit = input.limit ?? Self.defaultLimit
        let source = SQLSource.testbed
        let counts = try await source.rows(TagTables.counts(kind, filter), maximumRows: 100, in: context)
            .counts(of: "name")
        let rows = try await source.rows(
            TagTables.page(kind, filter, limit: limit),
            maximumRows: limit + 1,
            in: context
        )
        let records = rows.prefix(limit).compactMap { row -> TimedRecord? in
            guard let number = row.integer("tag_number") else { return nil }
            let place = TimedPlace(time: context.now, key: String(number))
            return TagTables.item.record(row).map { TimedRecord(record: $0, place: place) }
        }
        return ListResult(
            records,
            totalCount: counts.reduce(0) { $0 + $1.count },
            hasMore: rows.count > limit,
            budgetBytes: context.budgetBytes,
            summary: .counts(counts.map { ($0.name, $0.count) }),
            filtersApplied: Self.filters(kind, filter, limit),
            cursor: { Self.mark + $0.place.key }
        )
    }

    private static func number(_ cursor: String?) throws(ToolError) -> Int? {
        guard let cursor else { return nil }
        guard cursor.hasPrefix(mark), let number = Int(cursor.dropFirst(mark.count)) else {
            throw ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
        }
        return number
    }

    private static func filters(_ kind: TagKind, _ filter: TagTables.Filter, _ limit: Int) -> JSONValue {
        var filters = JSONObject()
        filters["tag_type"] = .string(kind.rawValue)
        filters["category"] = filter.category.map(JSONValue.string)
        filters["status"] = filter.status.map(JSONValue.string)
        filters["creator"] = filter.creator.map(JSONValue.string)
        filters["search"] = filter.search.map(JSONValue.string)
        filters["limit"] = .integer(limit)
        return .object(filters)
    }
}
