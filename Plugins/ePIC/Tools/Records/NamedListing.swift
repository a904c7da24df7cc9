import JSON
import PluginKit

/// A list so short that it is read whole, put in order here and shown page by page.
///
/// Databases order texts each by its own rules.
struct NamedListing: Sendable {
    private let records: [Record]
    private let isTruncated: Bool
    private let place: Int
    private let limit: Int

    private static let mark = "p1."
    /// No more records are read.
    static let maximumRecords = 2000

    /// Takes records that are in order.
    /// - Throws: `ToolError` with `invalid_argument` for a cursor that is not one of ours.
    init(_ records: [Record], isTruncated: Bool, cursor: String?, limit: Int) throws(ToolError) {
        self.records = records
        self.isTruncated = isTruncated
        self.limit = limit
        guard let cursor else {
            place = 0
            return
        }
        guard cursor.hasPrefix(Self.mark), let place = Int(cursor.dropFirst(Self.mark.count)), place > 0 else {
            throw ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
        }
        self.place = place
    }

    /// The page, as a list's answer.
    func result(
        filters: JSONObject,
        links: [Link],
        summary: JSONValue? = nil,
        in context: CallContext
    ) -> ListResult<TimedRecord> {
        var filters = filters
        filters["limit"] = .integer(limit)
        let shown = records.enumerated().dropFirst(place).prefix(limit).map { index, record in
            TimedRecord(record: record, place: TimedPlace(time: context.now, key: String(index + 1)))
        }
        return ListResult(
            shown,
            totalCount: records.count,
            hasMore: place + shown.count < records.count,
            budgetBytes: context.budgetBytes,
            summary: summary,
            filtersApplied: .object(filters),
            hint: isTruncated ? "There are more than could be looked at; use a filter." : nil,
            monitorURLs: links,
            cursor: { Self.mark + $0.place.key }
        )
    }

    /// Whether one text comes before another, byte by byte.
    static func isBefore(_ left: String?, _ right: String?) -> Bool {
        (left ?? "").utf8.lexicographicallyPrecedes((right ?? "").utf8)
    }
}
