import JSON
import PanDAKit
import PluginKit

/// Finds other attempts by the parent that a job's record names in PanDA's tables.
///
/// Servers name either the attempt before or the first of all, so both are asked for.
struct SQLRetryReading: RetryReading {
    private let source: SQLSource

    /// More attempts than PanDA makes.
    private static let most = 50

    init(source: SQLSource = .panda) {
        self.source = source
    }

    func retries(of job: JobFacts, in context: CallContext) async throws(ToolError) -> [JobRetry] {
        guard let task = job.task?.jeditaskid else { return [] }
        let parents = [job.parent, job.pandaid].compactMap(\.self)
        let rows = try await source.rows(
            JobStudyStatements.attempts(ofTask: task, parents: parents, limit: Self.most),
            maximumRows: Self.most,
            in: context
        )
        var found = job.parent.map { [$0: JobRetry(pandaid: $0)] } ?? [:]
        for row in rows {
            guard let id = row.integer("pandaid"), id != job.pandaid else { continue }
            found[id] = JobRetry(
                pandaid: id,
                status: row.cleaned("jobstatus"),
                attempt: row.integer("attemptnr"),
                site: row.cleaned("computingsite")
            )
        }
        return found.values.sorted { $0.pandaid < $1.pandaid }
    }
}
