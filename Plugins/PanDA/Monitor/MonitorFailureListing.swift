package import PluginKit

/// Lists failed jobs from a BigPanDA monitor.
package struct MonitorFailureListing: FailureListing {
    private let failures: MonitorFailedJobs
    private let pages: MonitorPages

    package init(rows: MonitorRows, pages: MonitorPages) {
        failures = MonitorFailedJobs(rows: rows)
        self.pages = pages
    }

    package func failures(
        matching query: FailureQuery,
        in context: CallContext
    ) async throws(ToolError) -> FailurePage {
        let found = try await failures.jobs(MonitorJobFilter(query), in: context)
        let jobs = found.jobs.filter { job in
            query.component.map { component in job.errors.contains { $0.component == component.rawValue } } ?? true
        }
        let following = query.question.beforeID.map { id in jobs.filter { $0.pandaid < id } } ?? jobs
        let combinations = Dictionary(
            jobs.map { job in (Carried(job), 1) },
            uniquingKeysWith: +
        )
        return FailurePage(
            jobs: Array(following.prefix(query.limit)),
            hasMore: following.count > query.limit || !found.isComplete,
            combinations: combinations.map {
                ErrorCombination(status: $0.key.status, codes: $0.key.codes, jobs: $0.value)
            },
            isComplete: found.isComplete,
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    /// The errors a job carries, whatever their texts.
    private struct Carried: Hashable {
        let status: String
        let codes: [ErrorComponent: Int]

        init(_ job: FailedJob) {
            status = job.status
            let pairs = job.errors.compactMap { error in
                ErrorComponent(rawValue: error.component).map { ($0, error.code) }
            }
            codes = Dictionary(pairs) { first, _ in first }
        }
    }
}
