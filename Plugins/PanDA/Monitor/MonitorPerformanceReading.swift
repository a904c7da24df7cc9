package import PluginKit

/// Tells how work went from a BigPanDA monitor.
package struct MonitorPerformanceReading: PerformanceReading {
    private let rows: MonitorRows
    private let summary: MonitorStatusSummary
    private let errors: MonitorErrorReading

    private static let ended = ["finished", "failed", "cancelled", "closed"]

    package init(source: MonitorSource, rows: MonitorRows, pages: MonitorPages) {
        self.rows = rows
        summary = MonitorStatusSummary(source: source)
        errors = MonitorErrorReading(rows: rows, pages: pages)
    }

    package func performance(
        matching query: PerformanceQuery,
        in context: CallContext
    ) async throws(ToolError) -> PerformanceFacts {
        let counts = try await self.counts(in: query.window, context)
        let before = counts == nil ? nil : try await self.counts(in: query.previous, context)
        context.progress(1, total: 4, note: "Jobs are counted.")
        var filter = MonitorJobFilter(window: query.window)
        filter.states = Self.ended
        let name = Self.column(of: query.grouping)
        let jobs = try await rows.jobs(filter, fields: MonitorUsageReading.fields + [name], in: context)
        context.progress(2, total: 4, note: "What they used is summed up.")
        let errors = try await self.errors(in: query.window, context)
        context.progress(3, total: 4, note: "Errors are counted.")
        let tasks = try await self.tasks(in: query.window, context)
        context.progress(4, total: 4, note: "Tasks are counted.")
        return PerformanceFacts(
            lines: jobs.records.map { record in
                PerformanceFacts.Line(
                    name: record.text(name),
                    status: record.text("jobstatus", limit: 64) ?? "",
                    usage: MonitorUsageReading.usage(of: record)
                )
            },
            counts: counts,
            previousCounts: before,
            errors: errors.found,
            tasks: tasks.counts,
            limits: [
                jobs.isComplete
                    ? nil : "Core hours and groups are of \(rows.maximumJobs) jobs only, which the monitor chose.",
                counts == nil ? "Jobs are counted from that list, and nothing is known of the window before." : nil,
                errors.isComplete ? nil : "Not all failed jobs were looked at for their errors.",
                tasks.isComplete ? nil : "Only \(rows.maximumTasks) tasks were counted.",
                "A job counts when its record last changed in the window; errors are of whole hours.",
            ].compactMap(\.self)
        )
    }

    private static func column(of grouping: PerformanceQuery.Grouping) -> String {
        switch grouping {
        case .site: "computingsite"
        case .user: "produsername"
        case .share: "gshare"
        case .type: "processingtype"
        }
    }

    private func counts(in window: Window, _ context: CallContext) async throws(ToolError) -> [String: Int]? {
        try await summary.counts(in: window, in: context).map { counts in
            Dictionary(counts.map { ($0.status, $0.count) }, uniquingKeysWith: +)
        }
    }

    private func errors(
        in window: Window,
        _ context: CallContext
    ) async throws(ToolError) -> (found: [TaskErrorCount], isComplete: Bool) {
        let question = try WindowedQuestion(
            days: nil,
            start: window.start.description,
            end: window.end.description,
            cursor: nil,
            defaultDays: 7,
            now: context.now
        )
        let facts = try await errors.errors(matching: FailureQuery(question: question, limit: 1), in: context)
        let found = facts.groups.compactMap { group in
            TaskErrorCount(
                group.component,
                code: group.code,
                diagnosis: group.diagnosis,
                jobs: group.jobs,
                examplePandaID: group.pandaids.first
            )
        }
        return (found, facts.isComplete)
    }

    private func tasks(
        in window: Window,
        _ context: CallContext
    ) async throws(ToolError) -> (counts: [(status: String, count: Int)], isComplete: Bool) {
        let filter = MonitorTaskFilter(ActivityQuery(window: window), now: context.now)
        let found = try await rows.tasks(filter.query, in: context)
        let states = found.records.filter(filter.accepts).map { ($0.text("status", limit: 64) ?? "unknown", 1) }
        return (FailureSummary.summed(states).map { ($0.name, $0.count) }, found.isComplete)
    }
}
