public import JSON

/// A list as every experiment answers it: the records, how many there are in all, and how to get the rest.
public struct ListResult<Item: Encodable & Sendable>: Encodable, Sendable {
    /// The records, in the tool's order.
    public let items: [Item]
    /// How many records match in all, whatever is shown.
    public let totalCount: Int
    /// Whether there are more than these.
    public let hasMore: Bool
    /// What to pass as `cursor` for the following records.
    public let nextCursor: String?
    /// Whether the result's size, not the limit asked for, ended the list.
    public let truncated: Bool?
    /// Counts over all matching records, where the tool offers them.
    public let summary: JSONValue?
    /// The time window the records were looked for in.
    public let window: Window?
    /// The filters that were applied, as understood.
    public let filtersApplied: JSONValue
    /// What to try when the list is not what was hoped for.
    public let hint: String?
    /// Pages of the experiment's monitor about the same.
    public let monitorURLs: [Link]

    private enum CodingKeys: String, CodingKey {
        case items
        case totalCount = "total_count"
        case hasMore = "has_more"
        case nextCursor = "next_cursor"
        case truncated, summary, window
        case filtersApplied = "filters_applied"
        case hint
        case monitorURLs = "monitor_urls"
    }

    /// Makes a list of as many of the records found as the budget allows.
    ///
    /// A quarter of `budgetBytes` is kept for everything but the records. `hasMore` says whether there are records
    /// beyond those found; `cursor` makes what continues after a record.
    public init(
        _ found: [Item],
        totalCount: Int,
        hasMore: Bool,
        budgetBytes: Int,
        summary: JSONValue? = nil,
        window: Window? = nil,
        filtersApplied: JSONValue = [:],
        hint: String? = nil,
        monitorURLs: [Link] = [],
        cursor: (Item) -> String? = { _ in nil }
    ) {
        let kept = Self.fitting(found, into: budgetBytes - budgetBytes / 4)
        let isCut = kept.count < found.count
        items = kept
        self.totalCount = totalCount
        self.hasMore = hasMore || isCut
        nextCursor = hasMore || isCut ? kept.last.flatMap(cursor) : nil
        truncated = isCut ? true : nil
        self.summary = summary
        self.window = window
        self.filtersApplied = filtersApplied
        let cutHint =
            isCut ? "The result was cut to its size budget; go on with next_cursor or use narrower filters." : nil
        self.hint = cutHint ?? hint
        self.monitorURLs = monitorURLs
    }

    /// The first records whose JSON fits; always at least one, so that a cursor gets on.
    private static func fitting(_ items: [Item], into bytes: Int) -> [Item] {
        var used = 0
        for (index, item) in items.enumerated() {
            used += ((try? JSONBytesEncoder().encode(item).count) ?? 0) + 1
            if used > bytes, index > 0 { return Array(items[..<index]) }
        }
        return items
    }
}

/// The time window of a question, in UTC.
public struct Window: Encodable, Hashable, Sendable {
    /// The first moment of the window.
    public let start: Timestamp
    /// The moment the window ends.
    public let end: Timestamp
    /// Whether the tool chose the window because the caller gave none.
    public let defaulted: Bool

    /// Creates a window.
    public init(start: Timestamp, end: Timestamp, defaulted: Bool) {
        self.start = start
        self.end = end
        self.defaulted = defaulted
    }
}

/// A page for people.
public struct Link: Encodable, Hashable, Sendable {
    /// What the page shows.
    public let title: String
    /// Its address.
    public let url: String

    /// Creates a link.
    public init(title: String, url: String) {
        self.title = title
        self.url = url
    }
}

extension Schema {
    /// The schema of a ``ListResult``.
    public static func list(of item: Schema, summary: Schema? = nil) -> Schema {
        var properties: [Property] = [
            .required("items", .array(of: item)),
            .required("total_count", .integer("How many records match in all.", minimum: 0)),
            .required("has_more", .boolean("Whether there are more than these.")),
            .optional("next_cursor", .string("Pass as cursor for the following records.")),
            .optional("truncated", .boolean("True when the result was cut to its size budget.")),
            .optional("window", .window),
            .required("filters_applied", .anyObject("The filters, as understood.")),
            .optional("hint", .string("What to try next.")),
            .required("monitor_urls", .array(of: .link)),
        ]
        if let summary { properties.insert(.optional("summary", summary), at: 5) }
        return .object(properties)
    }

    /// The schema of a ``Window``.
    public static let window = Schema.object(
        [
            .required("start", .time()),
            .required("end", .time()),
            .required("defaulted", .boolean("True when the caller gave no window.")),
        ],
        "The time window looked at, UTC."
    )

    /// The schema of a ``Link``.
    public static let link = Schema.object([
        .required("title", .string()),
        .required("url", .string(format: "uri")),
    ])
}
