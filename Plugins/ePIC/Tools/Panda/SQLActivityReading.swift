import PanDAKit
import PluginKit

/// Counts jobs and tasks in PanDA's tables.
struct SQLActivityReading: ActivityReading {
    private let source: SQLSource
    /// No statement may find more groups.
    private let maximumGroups: Int

    /// Creates a reader; by default 10 000 groups of one state and one user, site or kind.
    init(source: SQLSource = .panda, maximumGroups: Int = 10_000) {
        self.source = source
        self.maximumGroups = maximumGroups
    }

    func activity(
        matching query: ActivityQuery,
        in context: CallContext
    ) async throws(ToolError) -> ActivityFacts {
        var jobs = JobStatements.conditions(in: query.window)
        jobs.like("j.produsername", query.username)
        jobs.like("j.computingsite", query.site)
        var tasks = TaskStatements.conditions(in: query.window, now: context.now)
        tasks.like("t.username", query.username)
        tasks.like("t.workinggroup", query.workingGroup)
        return ActivityFacts(
            jobsByUser: try await counts("produsername", "jobstatus", in: context) {
                JobStatements.counts(of: $0, where: jobs)
            },
            jobsBySite: try await counts("computingsite", "jobstatus", in: context) {
                JobStatements.counts(of: $0, where: jobs)
            },
            tasksByUser: try await counts("username", "status", in: context) {
                TaskStatements.counts(of: $0, where: tasks)
            },
            tasksByType: try await counts("processingtype", "status", in: context) {
                TaskStatements.counts(of: $0, where: tasks)
            }
        )
    }

    private func counts(
        _ name: String,
        _ status: String,
        in context: CallContext,
        _ statement: (String) -> Statement
    ) async throws(ToolError) -> [ActivityFacts.Count] {
        let rows = try await source.rows(statement("\(name), \(status)"), maximumRows: maximumGroups, in: context)
        guard !rows.isTruncated else {
            throw ToolError(.tooLarge, "There is more activity than can be counted.", hint: "Ask for fewer days.")
        }
        return rows.map { row in
            ActivityFacts.Count(
                name: row.cleaned(name),
                status: row.cleaned(status) ?? "unknown",
                count: row.integer("n") ?? 0
            )
        }
    }
}
