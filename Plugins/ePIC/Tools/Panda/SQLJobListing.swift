import PanDAKit
import PluginKit

/// Lists jobs from PanDA's tables.
struct SQLJobListing: JobListing {
    private let source: SQLSource
    private let pages: MonitorPages

    /// More places than the output of one job goes to.
    private static let placesOfOutput = 8

    init(source: SQLSource = .panda, pages: MonitorPages) {
        self.source = source
        self.pages = pages
    }

    func jobs(matching query: JobQuery, in context: CallContext) async throws(ToolError) -> JobPage {
        let counts = try await source.rows(
            JobStatements.counts(of: "jobstatus", where: JobStatements.conditions(of: query)),
            maximumRows: 100,
            in: context
        )
        .counts(of: "jobstatus")
        let rows = try await source.rows(JobStatements.page(of: query), maximumRows: query.limit + 1, in: context)
        var jobs = rows.prefix(query.limit).compactMap(Self.item)
        try await fillDestinations(&jobs, in: context)
        return JobPage(
            jobs: jobs,
            totalCount: counts.reduce(0) { $0 + $1.count },
            hasMore: rows.count > query.limit,
            countsByStatus: counts.map { (status: $0.name, count: $0.count) },
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    private func fillDestinations(_ jobs: inout [JobListItem], in context: CallContext) async throws(ToolError) {
        guard !jobs.isEmpty else { return }
        let rows = try await source.rows(
            JobStatements.destinations(of: jobs.map(\.pandaid)),
            maximumRows: jobs.count * Self.placesOfOutput,
            in: context
        )
        let destinations = Dictionary(
            rows.map { ($0.integer("pandaid"), $0.cleaned("destinationse")) },
            // The first by name, whatever the database takes for the first.
            uniquingKeysWith: { [$0, $1].compactMap(\.self).min() }
        )
        for index in jobs.indices {
            jobs[index].destination = destinations[jobs[index].pandaid] ?? nil
        }
    }

    private static func item(_ row: Row) -> JobListItem? {
        guard let pandaid = row.integer("pandaid"), let status = row.cleaned("jobstatus") else { return nil }
        var item = JobListItem(pandaid: pandaid, status: status)
        item.jeditaskid = row.positive("jeditaskid")
        item.reqid = row.positive("reqid")
        item.username = row.cleaned("produsername")
        item.site = row.cleaned("computingsite")
        item.transformation = row.cleaned("transformation")
        item.processingType = row.cleaned("processingtype")
        item.created = row.pandaTime("creationtime")
        item.started = row.pandaTime("starttime")
        item.ended = row.pandaTime("endtime")
        item.modified = row.pandaTime("modificationtime")
        item.coreCount = row.positive("corecount")
        item.events = row.positive("nevents")
        item.outputFiles = row.integer("noutputdatafiles")
        item.outputBytes = row.integer("outputfilebytes")
        return item
    }
}
