import PanDAKit
import PluginKit

/// Counts workers from PanDA's tables.
struct SQLWorkerReading: WorkerReading {
    /// No more groups are read.
    private static let mostGroups = 10_000

    func workers(matching query: WorkerQuery, in context: CallContext) async throws(ToolError) -> [WorkerCount] {
        let rows = try await SQLSource.panda.rows(
            WorkerStatements.counts(query),
            maximumRows: Self.mostGroups,
            in: context
        )
        guard !rows.isTruncated else {
            throw ToolError(.tooLarge, "There are more counts than can be summed up.", hint: "Ask for one site.")
        }
        return rows.map { row in
            WorkerCount(
                site: row.cleaned("computingsite"),
                status: row.cleaned("status"),
                jobType: row.cleaned("jobtype"),
                resourceType: row.cleaned("resourcetype"),
                workers: row.integer("n") ?? 0,
                told: row.pandaTime("newest")
            )
        }
    }
}
