import JSON
import PanDAKit
import PluginKit

/// Counts the workers that the pilot submitter keeps at the sites.
struct HarvesterWorkersTool: Tool {
    struct Input: Decodable, Sendable {
        let site: String?
        let status: String?
        let resourcetype: String?
        let hours: Int?
        let days: Int?
    }

    private static let defaultHours = 1
    private static let mostGroups = 10_000
    private static let mostSites = 50

    static let description = ToolDescription(
        name: "panda_harvester_workers",
        title: "Harvester workers",
        summary: """
            How many Harvester workers (pilots) there are, by status, site, job type and resource type, as told in \
            the last hour by default: for jobs that stay activated. The jobs: panda_get_activity.
            """,
        input: .object([
            .filter("site", "Queue, or a pattern with %.", length: 128),
            .filter("status", "Such as running, or a pattern with %.", length: 80),
            .filter("resourcetype", "Such as SCORE, MCORE.", length: 56),
            .optional("hours", .integer(minimum: 1, maximum: 8760)),
            .optional("days", .integer("Instead of hours.", minimum: 1, maximum: 365)),
        ]),
        output: .object([
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
    )

    private static func counts(_ name: String) -> Schema {
        .dictionary(of: .integer(minimum: 0), "\(name) → workers, the most first.")
    }

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        guard input.hours == nil || input.days == nil else {
            throw ToolError(.invalidArgument, "hours and days: give one of them, not both.")
        }
        let hours = input.hours ?? input.days.map { $0 * 24 } ?? Self.defaultHours
        let query = WorkerQuery(
            window: Window(
                start: context.now.adding(seconds: -hours * 3600),
                end: context.now,
                defaulted: input.hours == nil && input.days == nil
            ),
            site: input.site.given,
            status: input.status.given,
            resourceType: input.resourcetype.given
        )
        let rows = try await SQLSource.panda.rows(
            WorkerStatements.counts(query),
            maximumRows: Self.mostGroups,
            in: context
        )
        guard !rows.isTruncated else {
            throw ToolError(.tooLarge, "There are more counts than can be summed up.", hint: "Ask for one site.")
        }
        let sites = rows.counts(of: "computingsite")
        var answer = Record()
        answer["total_workers"] = .integer(sites.reduce(0) { $0 + $1.count })
        answer["by_status"] = Self.document(rows.counts(of: "status"))
        answer["by_site"] = Self.document(Array(sites.prefix(Self.mostSites)))
        answer["by_jobtype"] = Self.document(rows.counts(of: "jobtype"))
        answer["by_resourcetype"] = Self.document(rows.counts(of: "resourcetype"))
        answer["sites_left_out"] = .integer(max(0, sites.count - Self.mostSites))
        answer["pivot"] = Self.pivot(rows)
        answer.set("window", query.window)
        answer["as_of"] = rows.compactMap { $0.pandaTime("newest") }.max().map { .string($0.description) }
        answer["filters_applied"] = query.filters
        if rows.isEmpty { answer["hint"] = "No counts in the window; give more hours, or leave a filter out." }
        return answer
    }

    private static func document(_ counts: [(name: String, count: Int)]) -> JSONValue {
        .counts(counts.map { ($0.name.isEmpty ? "unknown" : $0.name, $0.count) })
    }

    private static func pivot(_ rows: Rows) -> JSONValue {
        struct Cell: Hashable { let status: String, jobType: String, resourceType: String }
        let sums = Dictionary(
            rows.map { row in
                let cell = Cell(
                    status: row.cleaned("status") ?? "unknown",
                    jobType: row.cleaned("jobtype") ?? "unknown",
                    resourceType: row.cleaned("resourcetype") ?? "unknown"
                )
                return (cell, row.integer("n") ?? 0)
            },
            uniquingKeysWith: +
        )
        let ordered = sums.sorted { left, right in
            (right.value, left.key.status, left.key.jobType, left.key.resourceType)
                < (left.value, right.key.status, right.key.jobType, right.key.resourceType)
        }
        return .array(
            ordered.map { cell, workers in
                [
                    "status": .string(cell.status), "jobtype": .string(cell.jobType),
                    "resourcetype": .string(cell.resourceType), "workers": .integer(workers),
                ]
            }
        )
    }
}
