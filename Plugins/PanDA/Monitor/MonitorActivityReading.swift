package import PluginKit

/// Counts jobs and tasks from a BigPanDA monitor.
package struct MonitorActivityReading: ActivityReading {
    private let rows: MonitorRows
    private let summary: MonitorStatusSummary

    package init(source: MonitorSource, rows: MonitorRows) {
        self.rows = rows
        summary = MonitorStatusSummary(source: source)
    }

    package func activity(
        matching query: ActivityQuery,
        in context: CallContext
    ) async throws(ToolError) -> ActivityFacts {
        var filter = MonitorJobFilter(window: query.window)
        filter.user = MonitorPattern(query.username)
        filter.site = MonitorPattern(query.site)
        // The exact counts know no users.
        let counted =
            filter.user == nil ? try await summary.counts(in: query.window, site: filter.site, in: context) : nil
        context.progress(1, total: 3, note: "Jobs are counted by queue.")
        let jobs = try await rows.jobs(filter, fields: ["computingsite", "produsername"], in: context)
        context.progress(2, total: 3, note: "Jobs are counted by user.")
        let taskFilter = MonitorTaskFilter(query, now: context.now)
        let tasks = try await rows.tasks(taskFilter.query, in: context)
        context.progress(3, total: 3, note: "Tasks are counted.")
        let wanted = tasks.records.filter(taskFilter.accepts)
        var notes: [String] = []
        if !jobs.isComplete {
            notes.append(
                counted == nil
                    ? "Only \(rows.maximumJobs) of the jobs were counted."
                    : "by_user of jobs counts only \(rows.maximumJobs) of them."
            )
        }
        if !tasks.isComplete { notes.append("Only \(rows.maximumTasks) of the tasks were counted.") }
        return ActivityFacts(
            jobsByUser: Self.counts(jobs.records, of: "produsername", "jobstatus"),
            jobsBySite: counted ?? Self.counts(jobs.records, of: "computingsite", "jobstatus"),
            tasksByUser: Self.counts(wanted, of: "username", "status"),
            tasksByType: Self.counts(wanted, of: "processingtype", "status"),
            note: notes.isEmpty ? nil : notes.joined(separator: " ")
        )
    }

    private struct Kind: Hashable {
        let name: String?
        let status: String
    }

    private static func counts(_ records: [MonitorRecord], of name: String, _ status: String) -> [ActivityFacts.Count] {
        let kinds = records.map { Kind(name: $0.text(name), status: $0.text(status, limit: 64) ?? "unknown") }
        return Dictionary(kinds.map { ($0, 1) }, uniquingKeysWith: +)
            .map { ActivityFacts.Count(name: $0.key.name, status: $0.key.status, count: $0.value) }
    }
}
