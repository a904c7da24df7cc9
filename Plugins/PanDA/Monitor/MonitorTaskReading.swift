package import PluginKit

/// Reads a task and its jobs from a BigPanDA monitor.
package struct MonitorTaskReading: TaskReading {
    private let source: MonitorSource
    private let pages: MonitorPages
    private let jobs: MonitorTaskJobs

    /// Creates a reader; by default at most 20 000 jobs of a task are counted.
    package init(source: MonitorSource, pages: MonitorPages, maximumJobs: Int = 20_000) {
        self.source = source
        self.pages = pages
        jobs = MonitorTaskJobs(source: source, maximumJobs: maximumJobs)
    }

    package func task(withID jeditaskid: Int, in context: CallContext) async throws(ToolError) -> TaskFacts? {
        guard let document = try await source.document(at: "/task/\(jeditaskid)/", in: context) else { return nil }
        let answer = MonitorRecord(document)
        let task = answer.record("task")
        guard !task.isEmpty else {
            guard answer.has("task") else { throw MonitorAnswer.unreadable("no task in the answer") }
            return nil
        }
        guard let status = task.text("status", limit: 64), (task.integer("jeditaskid") ?? jeditaskid) == jeditaskid
        else { throw MonitorAnswer.unreadable("the task has no state, or is another one") }
        var facts = TaskFacts(jeditaskid: jeditaskid, status: status)
        MonitorTaskRecord(task).fill(&facts)
        facts.datasets = answer.records("datasets").compactMap(MonitorTaskRecord.dataset)
        if facts.counts.total == nil || facts.counts.finished == nil {
            let summed = TaskFileCounts(over: facts.datasets)
            facts.counts.total = facts.counts.total ?? summed.total
            facts.counts.finished = facts.counts.finished ?? summed.finished
            facts.counts.failed = facts.counts.failed ?? summed.failed
        }
        facts.monitorURLs = pages.task(jeditaskid)
        context.progress(1, total: 2, note: "The task is read.")
        try await jobs.fill(&facts, in: context)
        context.progress(2, total: 2, note: "Its jobs are counted.")
        return facts
    }
}
