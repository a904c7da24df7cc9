import JSON
import PluginKit

/// Counts the jobs of a task; a task without them is still worth an answer.
struct MonitorTaskJobs {
    private let source: MonitorSource
    private let maximumJobs: Int

    init(source: MonitorSource, maximumJobs: Int) {
        self.source = source
        self.maximumJobs = maximumJobs
    }

    /// Fills in the counts, or says in `missingParts` why there are none.
    /// - Throws: `ToolError` only when nobody waits for the answer any more.
    func fill(_ facts: inout TaskFacts, in context: CallContext) async throws(ToolError) {
        do throws(ToolError) {
            guard let document = try await document(of: facts.jeditaskid, in: context), document.kind == .object else {
                throw MonitorAnswer.unreadable("no list of jobs")
            }
            let answer = MonitorRecord(document)
            let rows = answer.records("jobs")
            facts.jobs = TaskJobCounts(jobs(rows), errors: answer.records("errsByCount").compactMap(error))
            if rows.count >= maximumJobs {
                facts.missingParts.append("jobs: only \(maximumJobs) of them were counted")
            }
        } catch {
            guard error.code != .cancelled else { throw error }
            facts.missingParts.append("jobs: \(error.message)")
        }
    }

    private func document(of task: Int, in context: CallContext) async throws(ToolError) -> JSONNode? {
        try await source.document(
            at: "/jobs/",
            query: [
                ("jeditaskid", String(task)), ("fields", "pandaid,jobstatus,computingsite"),
                ("limit", String(maximumJobs)),
            ],
            in: context
        )
    }

    private func jobs(_ rows: [MonitorRecord]) -> [(status: String, site: String?)] {
        rows.compactMap { row in
            row.text("jobstatus", limit: 64).map { ($0, row.text("computingsite", limit: 128)) }
        }
    }

    /// An entry such as `{"error": "pilot:1235", "codename": "piloterrorcode", "codeval": 1235, …}`.
    private func error(_ entry: MonitorRecord) -> TaskErrorCount? {
        guard let component = Self.component(of: entry) else { return nil }
        return TaskErrorCount(
            component,
            code: entry.integer("codeval"),
            diagnosis: entry.text("diag"),
            jobs: entry.count("count") ?? 1,
            examplePandaID: entry.count("example_pandaid")
        )
    }

    /// Which component reports an error, by the column of its code or by the monitor's name for it.
    static func component(of entry: MonitorRecord) -> ErrorComponent? {
        let column = entry.text("codename")
        let name = entry.text("error").map { String($0.prefix { $0 != ":" }) }
        return ErrorComponent.allCases.first { $0.codeColumn == column } ?? name.flatMap(ErrorComponent.init(name:))
    }
}
