import JSON
import PluginKit

/// Reads the monitor's lists of jobs and tasks, as far as there is room for them.
package struct MonitorRows: Sendable {
    private let source: MonitorSource
    /// The most jobs that are read for one answer.
    let maximumJobs: Int
    /// The most tasks; the record of a task takes some kilobytes.
    let maximumTasks: Int

    /// Reads from a monitor; by default at most 10 000 jobs and 1500 tasks.
    package init(source: MonitorSource, maximumJobs: Int = 10_000, maximumTasks: Int = 1500) {
        self.source = source
        self.maximumJobs = maximumJobs
        self.maximumTasks = maximumTasks
    }

    /// Records, and whether these are all.
    struct Found: Sendable {
        var records: [MonitorRecord]
        var isComplete: Bool
    }

    /// The jobs a filter finds, with the columns named; earlier attempts are among them.
    func jobs(
        _ filter: MonitorJobFilter,
        fields: [String],
        in context: CallContext
    ) async throws(ToolError) -> Found {
        let columns = Set(fields + ["pandaid", "jobstatus", "modificationtime"] + filter.columns).sorted()
        let document = try await document(
            at: "/jobs/",
            query: filter.query(now: context.now) + [
                ("fields", columns.joined(separator: ",")), ("outputs", "jobs"), ("mode", "nodrop"),
                ("limit", String(maximumJobs)),
            ],
            in: context
        )
        guard let document, document.kind == .object else { throw MonitorAnswer.unreadable("no list of jobs") }
        let records = MonitorRecord(document).records("jobs")
        return Found(records: records.filter(filter.accepts), isComplete: records.count < maximumJobs)
    }

    /// The jobs of some tasks with state and attempt, whenever they last changed.
    func jobs(ofTasks tasks: [Int], in context: CallContext) async throws(ToolError) -> [MonitorRecord] {
        let document = try await document(
            at: "/jobs/",
            query: [
                ("jeditaskid", tasks.map(String.init).joined(separator: "|")),
                ("fields", "attemptnr,jeditaskid,jobstatus,maxattempt,pandaid"), ("outputs", "jobs"),
                ("mode", "nodrop"), ("limit", String(maximumJobs)),
            ],
            in: context
        )
        guard let document, document.kind == .object else { throw MonitorAnswer.unreadable("no list of jobs") }
        return MonitorRecord(document).records("jobs")
    }

    /// The jobs of a task that were made from one that had failed.
    func jobs(
        ofTask task: Int,
        parent: Int,
        limit: Int,
        in context: CallContext
    ) async throws(ToolError) -> [MonitorRecord] {
        let document = try await document(
            at: "/jobs/",
            query: [
                ("jeditaskid", String(task)), ("parentid", String(parent)),
                ("fields", "attemptnr,computingsite,jobstatus,pandaid,parentid"), ("outputs", "jobs"),
                ("mode", "nodrop"), ("limit", String(limit)),
            ],
            in: context
        )
        guard let document, document.kind == .object else { throw MonitorAnswer.unreadable("no list of jobs") }
        return MonitorRecord(document).records("jobs").filter { $0.integer("parentid") == parent }
    }

    /// The tasks of a query.
    func tasks(_ query: [(String, String)], in context: CallContext) async throws(ToolError) -> Found {
        let document = try await document(
            at: "/tasks/",
            query: query + [("limit", String(maximumTasks))],
            in: context
        )
        guard let document, document.kind == .array else { throw MonitorAnswer.unreadable("no list of tasks") }
        let records = document.elements.map(MonitorRecord.init)
        return Found(records: records, isComplete: records.count < maximumTasks)
    }

    /// The document at a path; of one that is too large the error says how to make it smaller.
    func document(
        at path: String,
        query: [(String, String)],
        in context: CallContext
    ) async throws(ToolError) -> JSONNode? {
        try await source.document(at: path, query: query, hint: MonitorAnswer.narrower, in: context)
    }
}
