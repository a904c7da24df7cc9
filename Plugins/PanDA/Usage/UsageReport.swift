package import JSON
package import PluginKit

/// What finished jobs used: in all, by site, by user, and by day or week.
package struct UsageReport: Encodable, Sendable {
    /// How times are put together.
    package enum Bucket: String, Sendable, CaseIterable {
        case day
        /// From Monday.
        case week
    }

    package let totals: UsageLine
    package let bySite: [UsageLine]
    package let sitesLeftOut: Int
    package let byUser: [UsageLine]
    package let usersLeftOut: Int
    package let buckets: [UsageLine]
    package let bucketsLeftOut: Int
    package let window: Window
    package let filtersApplied: JSONValue
    package let asOf: Timestamp
    package let hint: String?

    /// Sums up what a source found; each list holds at most `maximumNames` names and `maximumBuckets` times, both
    /// fewer where the answer would not fit `budgetBytes`.
    package init(
        _ facts: UsageFacts,
        query: UsageQuery,
        bucket: Bucket,
        now: Timestamp,
        budgetBytes: Int,
        maximumNames: Int = 30,
        maximumBuckets: Int = 400
    ) {
        var (names, times) = (maximumNames, maximumBuckets)
        var report = UsageReport(facts, query, bucket, now, names, times)
        while names > 1 || times > 1, let size = try? JSONBytesEncoder().encode(report).count, size > budgetBytes {
            (names, times) = (max(1, names / 2), max(1, times / 2))
            report = UsageReport(facts, query, bucket, now, names, times)
        }
        self = report
    }

    private init(
        _ facts: UsageFacts,
        _ query: UsageQuery,
        _ bucket: Bucket,
        _ now: Timestamp,
        _ maximumNames: Int,
        _ maximumBuckets: Int
    ) {
        totals = UsageLine(facts.byDay.reduce(Usage()) { $0 + $1.usage })
        let sites = Self.lines(facts.bySite)
        bySite = Array(sites.prefix(maximumNames))
        sitesLeftOut = max(0, sites.count - maximumNames)
        let users = Self.lines(facts.byUser)
        byUser = Array(users.prefix(maximumNames))
        usersLeftOut = max(0, users.count - maximumNames)
        let times = Dictionary(facts.byDay.map { (Self.start(of: bucket, $0.day), $0.usage) }, uniquingKeysWith: +)
            .sorted { $0.key < $1.key }
            .map { UsageLine($0.value, start: $0.key) }
        buckets = Array(times.suffix(maximumBuckets))
        bucketsLeftOut = max(0, times.count - maximumBuckets)
        window = query.window
        var filters = query.filters
        filters["bucket"] = .string(bucket.rawValue)
        filtersApplied = .object(filters)
        asOf = now
        hint =
            totals.jobs == 0
            ? "No job finished in the window; give an earlier start_time or fewer filters." : facts.note
    }

    private static func lines(_ shares: [(name: String?, usage: Usage)]) -> [UsageLine] {
        Dictionary(shares.map { ($0.name ?? ActivityBucket.nameless, $0.usage) }, uniquingKeysWith: +)
            .sorted {
                ($1.value.allocatedCoreSeconds, $0.key) < ($0.value.allocatedCoreSeconds, $1.key)
            }
            .map { UsageLine($0.value, name: $0.key) }
    }

    private static func start(of bucket: Bucket, _ day: Timestamp) -> Timestamp {
        guard bucket == .week else { return day }
        // The first day of 1970 was a Thursday, the fourth of its week.
        let days = day.seconds / 86_400
        return day.subtracting(days: (days + 3) % 7)
    }

    private enum CodingKeys: String, CodingKey {
        case totals
        case bySite = "by_site"
        case sitesLeftOut = "sites_left_out"
        case byUser = "by_user"
        case usersLeftOut = "users_left_out"
        case buckets
        case bucketsLeftOut = "buckets_left_out"
        case window
        case filtersApplied = "filters_applied"
        case asOf = "as_of"
        case hint
    }

    private static let leftOut = Schema.integer("How many more are not listed.", minimum: 0)

    static let schema = Schema.object([
        .required("totals", UsageLine.total),
        .required("by_site", .array(of: UsageLine.named, "The queues, the largest allocation first.")),
        .required("sites_left_out", leftOut),
        .required("by_user", .array(of: UsageLine.named, "The users, the largest allocation first.")),
        .required("users_left_out", leftOut),
        .required(
            "buckets",
            .array(of: UsageLine.timed, "By time of the end, oldest first; times without finished jobs are absent.")
        ),
        .required("buckets_left_out", .integer("How many older times are not listed.", minimum: 0)),
        .required("window", .window),
        .required("filters_applied", .anyObject("The filters, as understood.")),
        .required("as_of", .time("When the source was asked.")),
        .optional("hint", .string("What to try next.")),
    ])
}
