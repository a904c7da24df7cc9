import JSON
import PluginKit

/// The workers at the sites, summed up in every direction.
package struct WorkerReport: Encodable, Sendable {
    private let total: Int
    private let byStatus: JSONValue
    private let bySite: JSONValue
    private let byJobType: JSONValue
    private let byResourceType: JSONValue
    private let sitesLeftOut: Int
    private let pivot: [Cell]
    private let window: Window
    private let told: Timestamp?
    private let filtersApplied: JSONValue
    private let hint: String?

    /// Workers by status, job type and resource type together.
    private struct Cell: Encodable, Hashable {
        let status: String
        let jobType: String
        let resourceType: String
        var workers = 0

        enum CodingKeys: String, CodingKey {
            case status
            case jobType = "jobtype"
            case resourceType = "resourcetype"
            case workers
        }
    }

    private static let nameless = "unknown"

    /// Sums up what a source counted; at most `maximumSites` sites are named.
    package init(_ counts: [WorkerCount], query: WorkerQuery, maximumSites: Int = 50) {
        func sums(_ name: (WorkerCount) -> String?) -> [(name: String, count: Int)] {
            FailureSummary.summed(counts.map { (name($0) ?? Self.nameless, $0.workers) })
        }
        func document(_ sums: [(name: String, count: Int)]) -> JSONValue { .counts(sums.map { ($0.name, $0.count) }) }
        let sites = sums(\.site)
        total = counts.reduce(0) { $0 + $1.workers }
        byStatus = document(sums(\.status))
        bySite = document(Array(sites.prefix(maximumSites)))
        byJobType = document(sums(\.jobType))
        byResourceType = document(sums(\.resourceType))
        sitesLeftOut = max(0, sites.count - maximumSites)
        pivot = Self.cells(of: counts)
        window = query.window
        told = counts.compactMap(\.told).max()
        filtersApplied = query.filters
        hint = counts.isEmpty ? "No counts in the window; give more hours, or leave a filter out." : nil
    }

    private static func cells(of counts: [WorkerCount]) -> [Cell] {
        let cells = counts.map { count in
            let cell = Cell(
                status: count.status ?? nameless,
                jobType: count.jobType ?? nameless,
                resourceType: count.resourceType ?? nameless
            )
            return (cell, count.workers)
        }
        return Dictionary(cells, uniquingKeysWith: +)
            .map { cell, workers in
                var cell = cell
                cell.workers = workers
                return cell
            }
            .sorted { left, right in
                (right.workers, left.status, left.jobType, left.resourceType)
                    < (left.workers, right.status, right.jobType, right.resourceType)
            }
    }

    private enum CodingKeys: String, CodingKey {
        case total = "total_workers"
        case byStatus = "by_status"
        case bySite = "by_site"
        case byJobType = "by_jobtype"
        case byResourceType = "by_resourcetype"
        case sitesLeftOut = "sites_left_out"
        case pivot, window
        case told = "as_of"
        case filtersApplied = "filters_applied"
        case hint
    }

    static let schema = Schema.object([
        .required("total_workers", .integer(minimum: 0)),
        .required("by_status", counts("Status")),
        .required("by_site", counts("Queue")),
        .required("by_jobtype", counts("Job type")),
        .required("by_resourcetype", counts("Resource type")),
        .required("sites_left_out", .integer("How many more queues are not listed.", minimum: 0)),
        .required(
            "pivot",
            .array(
                of: .object([
                    .required("status", .string()), .required("jobtype", .string()),
                    .required("resourcetype", .string()), .required("workers", .integer()),
                ]),
                "Workers by status, job type and resource type together."
            )
        ),
        .required("window", .window),
        .optional("as_of", .time("When the newest of the counts was told.")),
        .required("filters_applied", .anyObject("The filters, as understood.")),
        .optional("hint", .string("What to try next.")),
    ])

    private static func counts(_ name: String) -> Schema {
        .dictionary(of: .integer(minimum: 0), "\(name) → workers, the most first.")
    }
}
