package import PluginKit

/// Finds other attempts by the parent that a job's record names in a BigPanDA monitor.
///
/// Servers name either the attempt before or the first of all, so both are asked for.
package struct MonitorRetryReading: RetryReading {
    private let rows: MonitorRows

    /// More attempts than PanDA makes.
    private static let most = 50

    package init(rows: MonitorRows) {
        self.rows = rows
    }

    package func retries(of job: JobFacts, in context: CallContext) async throws(ToolError) -> [JobRetry] {
        guard let task = job.task?.jeditaskid else { return [] }
        var found = job.parent.map { [$0: JobRetry(pandaid: $0)] } ?? [:]
        for parent in [job.parent, job.pandaid].compactMap(\.self) {
            for record in try await rows.jobs(ofTask: task, parent: parent, limit: Self.most, in: context) {
                guard let id = record.count("pandaid"), id != job.pandaid else { continue }
                found[id] = JobRetry(
                    pandaid: id,
                    status: record.text("jobstatus", limit: 64),
                    attempt: record.integer("attemptnr"),
                    site: record.text("computingsite", limit: 128)
                )
            }
        }
        return found.values.sorted { $0.pandaid < $1.pandaid }
    }
}
