package import PluginKit

/// Sums up what finished jobs used from a BigPanDA monitor's list of them.
package struct MonitorUsageReading: UsageReading {
    private let rows: MonitorRows

    static let fields = [
        "computingsite", "produsername", "jeditaskid", "starttime", "endtime", "actualcorecount", "corecount",
        "cpuconsumptiontime",
    ]

    package init(rows: MonitorRows) {
        self.rows = rows
    }

    package func usage(matching query: UsageQuery, in context: CallContext) async throws(ToolError) -> UsageFacts {
        // A job ends before its record changes for the last time.
        var filter = MonitorJobFilter(
            window: Window(start: query.window.start, end: max(query.window.end, context.now), defaulted: false)
        )
        filter.states = ["finished"]
        filter.user = MonitorPattern(query.username)
        filter.site = MonitorPattern(query.site)
        filter.taskID = query.taskID
        filter.workingGroup = MonitorPattern(query.workingGroup)
        let found = try await rows.jobs(filter, fields: Self.fields, in: context)
        let jobs = found.records.compactMap { record -> (record: MonitorRecord, end: Timestamp, usage: Usage)? in
            guard let end = record.time("endtime"), end >= query.window.start, end < query.window.end else {
                return nil
            }
            return (record, end, Self.usage(of: record))
        }
        func sums(_ column: String) -> [(name: String?, usage: Usage)] {
            Dictionary(jobs.map { ($0.record.text(column) ?? "", $0.usage) }, uniquingKeysWith: +)
                .map { ($0.key.isEmpty ? nil : $0.key, $0.value) }
        }
        let days = jobs.map { job in (Timestamp(seconds: job.end.seconds / 86_400 * 86_400), job.usage) }
        return UsageFacts(
            bySite: sums("computingsite"),
            byUser: sums("produsername"),
            byDay: Dictionary(days, uniquingKeysWith: +).map { (day: $0.key, usage: $0.value) },
            note: found.isComplete
                ? nil : "Only \(rows.maximumJobs) jobs were summed up, not all; ask for fewer days or one task or user."
        )
    }

    /// What one job used; nothing is allocated to one without times.
    static func usage(of record: MonitorRecord) -> Usage {
        let start = record.time("starttime")
        let wall = Double(
            start.flatMap { start in record.time("endtime")?.seconds(since: start) }.map { max(0, $0) } ?? 0
        )
        let cores = Double(record.count("actualcorecount") ?? record.count("corecount") ?? 1)
        return Usage(
            jobs: 1,
            allocatedCoreSeconds: wall * cores,
            usedCoreSeconds: Double(record.count("cpuconsumptiontime") ?? 0),
            wallSeconds: wall
        )
    }
}
