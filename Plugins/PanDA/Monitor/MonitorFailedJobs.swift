import PluginKit

/// Reads failed jobs with their errors from the monitor's list.
struct MonitorFailedJobs: Sendable {
    private let rows: MonitorRows

    private static let fields =
        [
            "pandaid", "jobstatus", "jeditaskid", "reqid", "jobname", "produsername", "computingsite",
            "computingelement", "transformation", "attemptnr", "creationtime", "starttime", "endtime",
            "modificationtime", "maxrss", "commandtopilot",
        ] + ErrorComponent.allCases.map(\.codeColumn) + ErrorComponent.allCases.compactMap(\.diagnosisColumn)

    init(rows: MonitorRows) {
        self.rows = rows
    }

    /// The jobs a filter finds, the newest id first, and whether these are all.
    func jobs(
        _ filter: MonitorJobFilter,
        in context: CallContext
    ) async throws(ToolError) -> (jobs: [FailedJob], isComplete: Bool) {
        let found = try await rows.jobs(filter, fields: Self.fields, in: context)
        return (found.records.compactMap(Self.job).sorted { $0.pandaid > $1.pandaid }, found.isComplete)
    }

    private static func job(_ record: MonitorRecord) -> FailedJob? {
        guard let pandaid = record.count("pandaid"), let status = record.text("jobstatus", limit: 64) else {
            return nil
        }
        let errors = JobErrors.all(
            code: { record.integer($0.codeColumn) },
            diagnosis: { component in component.diagnosisColumn.flatMap { record.text($0) } }
        )
        var job = FailedJob(pandaid: pandaid, status: status, errors: errors)
        job.jeditaskid = record.count("jeditaskid")
        job.reqid = record.count("reqid")
        job.name = record.text("jobname")
        job.username = record.text("produsername")
        job.site = record.text("computingsite")
        job.computingElement = record.text("computingelement")
        job.transformation = record.text("transformation")
        job.attempt = record.integer("attemptnr")
        job.created = record.time("creationtime")
        job.started = record.time("starttime")
        job.ended = record.time("endtime")
        job.modified = record.time("modificationtime")
        job.maximumRSSKilobytes = record.count("maxrss")
        job.commandToPilot = record.text("commandtopilot")
        return job
    }
}
