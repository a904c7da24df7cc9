package import PluginKit

/// Lists tasks from a BigPanDA monitor, with the jobs of those shown counted.
package struct MonitorTaskListing: TaskListing {
    private let rows: MonitorRows
    private let pages: MonitorPages
    /// Of how many tasks the jobs are counted: their ids stand in one address.
    private let maximumCounted: Int

    /// Creates a lister; by default the jobs of the first 100 tasks of a page are counted.
    package init(rows: MonitorRows, pages: MonitorPages, maximumCounted: Int = 100) {
        self.rows = rows
        self.pages = pages
        self.maximumCounted = maximumCounted
    }

    package func tasks(matching query: TaskQuery, in context: CallContext) async throws(ToolError) -> TaskPage {
        let filter = MonitorTaskFilter(query, now: context.now)
        let found = try await rows.tasks(filter.query, in: context)
        let tasks = found.records.filter(filter.accepts).compactMap(Self.item)
            .sorted { $0.jeditaskid > $1.jeditaskid }
        let following = query.question.beforeID.map { id in tasks.filter { $0.jeditaskid < id } } ?? tasks
        var shown = Array(following.prefix(query.limit))
        context.progress(1, total: 2, note: "The tasks are read.")
        try await fillJobs(&shown, in: context)
        context.progress(2, total: 2, note: "Their jobs are counted.")
        return TaskPage(
            tasks: shown,
            hasMore: following.count > query.limit || !found.isComplete,
            countsByStatus: FailureSummary.summed(tasks.map { ($0.status, 1) }).map { ($0.name, $0.count) },
            isComplete: found.isComplete,
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    /// Counts the jobs of the first tasks; where they cannot be had or are too many, the tasks are told without.
    private func fillJobs(_ tasks: inout [TaskListItem], in context: CallContext) async throws(ToolError) {
        let ids = tasks.prefix(maximumCounted).map(\.jeditaskid)
        guard !ids.isEmpty, let jobs = try await jobs(of: ids, in: context) else { return }
        for index in tasks.indices.prefix(maximumCounted) {
            let counts = tasks[index].counts
            tasks[index].counts = TaskCounts(
                jobs: jobs[tasks[index].jeditaskid] ?? [],
                filesFinished: counts.filesFinished,
                filesFailed: counts.filesFailed
            )
        }
    }

    private func jobs(
        of tasks: [Int],
        in context: CallContext
    ) async throws(ToolError) -> [Int: [TaskCounts.Jobs]]? {
        let found: [MonitorRecord]
        do throws(ToolError) {
            found = try await rows.jobs(ofTasks: tasks, in: context)
        } catch {
            guard error.code != .cancelled else { throw error }
            context.log(.warning, "panda_list_tasks: jobs: \(error.code)")
            return nil
        }
        guard found.count < rows.maximumJobs else { return nil }
        return Dictionary(grouping: found) { $0.integer("jeditaskid") ?? 0 }
            .mapValues { Dictionary(grouping: $0) { $0.text("jobstatus", limit: 64) ?? "" }.map(Self.counted) }
    }

    private static func counted(_ status: String, _ jobs: [MonitorRecord]) -> TaskCounts.Jobs {
        let attempts = jobs.map { max(1, $0.integer("attemptnr") ?? 1) }
        return TaskCounts.Jobs(
            status: status,
            count: jobs.count,
            retries: attempts.count { $0 > 1 },
            earlierAttempts: attempts.reduce(0) { $0 + $1 - 1 },
            maximumAttempt: jobs.compactMap { $0.count("maxattempt") }.max()
        )
    }

    private static func item(_ record: MonitorRecord) -> TaskListItem? {
        guard let id = record.count("jeditaskid"), let status = record.text("status", limit: 64) else { return nil }
        let files = record.record("dsinfo")
        var item = TaskListItem(
            jeditaskid: id,
            status: status,
            counts: TaskCounts(
                jobs: nil,
                filesFinished: files.integer("nfilesfinished"),
                filesFailed: files.integer("nfilesfailed")
            )
        )
        item.taskName = record.text("taskname")
        item.username = record.text("username")
        item.workingGroup = record.text("workinggroup")
        item.processingType = record.text("processingtype")
        item.reqid = record.count("reqid")
        item.site = record.text("site")
        item.created = record.time("creationdate")
        item.started = record.time("starttime")
        item.ended = record.time("endtime")
        item.modified = record.time("modificationtime") ?? record.time("statechangetime")
        item.coreCount = record.count("corecount")
        item.priority = record.integer("currentpriority")
        item.attempt = record.integer("attemptnr")
        item.progress = record.integer("progress")
        item.failureRate = record.integer("failurerate")
        let dialog = UntrustedText.cleaned(UntrustedText.withoutTags(record.text("errordialog", limit: 4096) ?? ""))
        item.errorDialog = dialog.isEmpty ? nil : dialog
        return item
    }
}
