import JSON
import PluginKit

/// A page of a list that Rucio gives in no order of its own: it is put in one, and counted off.
struct RucioPage {
    private static let version = "r1"

    let start: Int
    let limit: Int

    init(cursor: String?, limit: Int) throws(ToolError) {
        self.limit = limit
        guard let cursor else {
            start = 0
            return
        }
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == Self.version, let start = Int(parts[1]), start > 0 else {
            throw ToolError(.invalidArgument, "cursor: is none of this tool's; leave it out to begin again.")
        }
        self.start = start
    }

    /// The records of the page as a list; `isComplete` says whether Rucio's answer was read to its end.
    func result<Item: Encodable & Sendable>(
        of items: [Item],
        isComplete: Bool,
        filters: JSONValue,
        hint: String?,
        summary: JSONValue? = nil,
        in context: CallContext
    ) -> ListResult<Item> where Item: PositionedItem {
        let shown = items.dropFirst(start).prefix(limit).enumerated().map { index, item in
            var item = item
            item.position = start + index + 1
            return item
        }
        return ListResult(
            Array(shown),
            totalCount: items.count,
            hasMore: !isComplete || start + shown.count < items.count,
            budgetBytes: context.budgetBytes,
            summary: summary,
            filtersApplied: filters,
            hint: isComplete ? hint : "Only the first \(items.count) records were read; ask for fewer.",
            cursor: { $0.position.map { "\(Self.version).\($0)" } }
        )
    }
}

/// A record that knows how many come before the next one.
protocol PositionedItem {
    /// Not encoded.
    var position: Int? { get set }
}

extension [String: JSONValue?] {
    /// The filters that were given, in order of their names.
    var filters: JSONValue {
        .object(
            JSONObject(members: compactMapValues(\.self).sorted { $0.key < $1.key }.map { .init(name: $0, value: $1) })
        )
    }
}
