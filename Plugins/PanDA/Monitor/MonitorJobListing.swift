package import PluginKit

/// Lists jobs from a BigPanDA monitor.
package struct MonitorJobListing: JobListing {
    private let rows: MonitorRows
    private let pages: MonitorPages

    private static let fields = [
        "pandaid", "jeditaskid", "reqid", "produsername", "jobstatus", "computingsite", "transformation",
        "processingtype", "creationtime", "starttime", "endtime", "modificationtime", "actualcorecount", "corecount",
        "nevents", "noutputdatafiles", "outputfilebytes", "destinationse",
    ]

    package init(rows: MonitorRows, pages: MonitorPages) {
        self.rows = rows
        self.pages = pages
    }

    package func jobs(matching query: JobQuery, in context: CallContext) async throws(ToolError) -> JobPage {
        let found = try await rows.jobs(MonitorJobFilter(query), fields: Self.fields, in: context)
        let jobs = found.records.map { (id: $0.count("pandaid") ?? 0, record: $0) }.filter { $0.id > 0 }
            .sorted { $0.id > $1.id }
        let following = query.question.beforeID.map { id in jobs.filter { $0.id < id } } ?? jobs
        let states = jobs.map { ($0.record.text("jobstatus", limit: 64) ?? "unknown", 1) }
        return JobPage(
            jobs: following.prefix(query.limit).compactMap { Self.item($0.record) },
            totalCount: jobs.count,
            hasMore: following.count > query.limit || !found.isComplete,
            countsByStatus: FailureSummary.summed(states).map { ($0.name, $0.count) },
            isComplete: found.isComplete,
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    private static func item(_ record: MonitorRecord) -> JobListItem? {
        guard let pandaid = record.count("pandaid"), let status = record.text("jobstatus", limit: 64) else {
            return nil
        }
        var item = JobListItem(pandaid: pandaid, status: status)
        item.jeditaskid = record.count("jeditaskid")
        item.reqid = record.count("reqid")
        item.username = record.text("produsername")
        item.site = record.text("computingsite")
        item.transformation = record.text("transformation")
        item.processingType = record.text("processingtype")
        item.created = record.time("creationtime")
        item.started = record.time("starttime")
        item.ended = JobState.isPayloadOver(status) ? record.time("endtime") : nil
        item.modified = record.time("modificationtime")
        item.coreCount = record.count("actualcorecount") ?? record.count("corecount")
        item.events = record.count("nevents")
        item.outputFiles = record.count("noutputdatafiles")
        item.outputBytes = record.count("outputfilebytes")
        item.destination = record.text("destinationse")
        return item
    }
}
