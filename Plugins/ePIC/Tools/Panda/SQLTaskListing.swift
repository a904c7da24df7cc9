import PanDAKit
import PluginKit

/// Lists tasks from PanDA's tables.
struct SQLTaskListing: TaskListing {
    private let source: SQLSource
    private let pages: MonitorPages

    /// More states than a job can have.
    private static let statesOfJobs = 20

    init(source: SQLSource = .panda, pages: MonitorPages) {
        self.source = source
        self.pages = pages
    }

    func tasks(matching query: TaskQuery, in context: CallContext) async throws(ToolError) -> TaskPage {
        let counts = try await source.rows(
            TaskStatements.counts(of: "status", where: TaskStatements.conditions(of: query, now: context.now)),
            maximumRows: 100,
            in: context
        )
        .counts(of: "status")
        let rows = try await source.rows(
            TaskStatements.page(of: query, now: context.now),
            maximumRows: query.limit + 1,
            in: context
        )
        var tasks = rows.prefix(query.limit).compactMap(Self.item)
        try await fillCounts(&tasks, in: context)
        return TaskPage(
            tasks: tasks,
            hasMore: rows.count > query.limit,
            countsByStatus: counts.map { (status: $0.name, count: $0.count) },
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    private func fillCounts(_ tasks: inout [TaskListItem], in context: CallContext) async throws(ToolError) {
        guard !tasks.isEmpty else { return }
        let ids = tasks.map(\.jeditaskid)
        let jobs = try await source.rows(
            TaskStatements.jobs(of: ids),
            maximumRows: ids.count * Self.statesOfJobs,
            in: context
        )
        let files = try await source.rows(TaskStatements.files(of: ids), maximumRows: ids.count, in: context)
        let jobsByTask = Dictionary(grouping: jobs) { $0.integer("jeditaskid") ?? 0 }
        let filesByTask = Dictionary(grouping: files) { $0.integer("jeditaskid") ?? 0 }
        for index in tasks.indices {
            let id = tasks[index].jeditaskid
            let files = filesByTask[id]?.first
            tasks[index].counts = TaskCounts(
                jobs: jobsByTask[id]?.map(Self.jobs) ?? [],
                filesFinished: files?.integer("finished"),
                filesFailed: files?.integer("failed")
            )
        }
    }

    private static func jobs(_ row: Row) -> TaskCounts.Jobs {
        TaskCounts.Jobs(
            status: row.text("jobstatus") ?? "",
            count: row.integer("n") ?? 0,
            retries: row.integer("retries") ?? 0,
            earlierAttempts: row.integer("earlier") ?? 0,
            maximumAttempt: row.integer("maxattempt")
        )
    }

    private static func item(_ row: Row) -> TaskListItem? {
        guard let id = row.integer("jeditaskid"), let status = row.cleaned("status") else { return nil }
        var item = TaskListItem(jeditaskid: id, status: status)
        item.taskName = row.cleaned("taskname")
        item.username = row.cleaned("username")
        item.workingGroup = row.cleaned("workinggroup")
        item.processingType = row.cleaned("processingtype")
        item.reqid = row.positive("reqid")
        item.site = row.cleaned("site")
        item.created = row.pandaTime("creationdate")
        item.started = row.pandaTime("starttime")
        item.ended = row.pandaTime("endtime")
        item.modified = row.pandaTime("modificationtime")
        item.coreCount = row.positive("corecount")
        item.priority = row.integer("currentpriority")
        item.attempt = row.integer("attemptnr")
        item.progress = row.integer("progress")
        item.failureRate = row.integer("failurerate")
        item.errorDialog = row.text("errordialog").flatMap { text in
            let cleaned = UntrustedText.cleaned(UntrustedText.withoutTags(text))
            return cleaned.isEmpty ? nil : cleaned
        }
        return item
    }
}
