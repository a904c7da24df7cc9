import PanDAKit
import PluginKit

/// Reads one task and what belongs to it from PanDA's tables.
struct SQLTaskReading: TaskReading {
    private let source: SQLSource
    private let pages: MonitorPages
    /// No more datasets of a task are read.
    private let maximumDatasets: Int
    /// No more groups of jobs of one state and site, or with the same codes, are read.
    private let maximumGroups: Int

    /// Creates a reader; by default of at most 500 datasets and 5000 groups of jobs.
    init(source: SQLSource = .panda, pages: MonitorPages, maximumDatasets: Int = 500, maximumGroups: Int = 5000) {
        self.source = source
        self.pages = pages
        self.maximumDatasets = maximumDatasets
        self.maximumGroups = maximumGroups
    }

    func task(withID jeditaskid: Int, in context: CallContext) async throws(ToolError) -> TaskFacts? {
        let found = try await source.rows(TaskStudyStatements.task(jeditaskid), maximumRows: 1, in: context)
        guard let row = found.first, let status = row.cleaned("status") else { return nil }
        var facts = TaskFacts(jeditaskid: jeditaskid, status: status)
        facts.name = row.cleaned("taskname")
        facts.superstatus = row.cleaned("superstatus")
        facts.user = row.cleaned("username")
        facts.created = row.pandaTime("creationdate")
        facts.started = row.pandaTime("starttime")
        facts.ended = row.pandaTime("endtime")
        facts.modified = row.pandaTime("modificationtime")
        facts.errorDialog = row.text("errordialog")
        facts.attributes = Self.attributes(row)
        facts.monitorURLs = pages.task(jeditaskid)
        try await fillDatasets(&facts, in: context)
        try await fillJobs(&facts, in: context)
        return facts
    }

    private static func attributes(_ row: Row) -> TaskAttributes {
        var attributes = TaskAttributes()
        attributes.type = row.cleaned("tasktype")
        attributes.label = row.cleaned("prodsourcelabel")
        attributes.processingType = row.cleaned("processingtype")
        attributes.workingGroup = row.cleaned("workinggroup")
        attributes.campaign = row.cleaned("campaign")
        attributes.globalShare = row.cleaned("gshare")
        attributes.nucleus = row.cleaned("nucleus")
        attributes.priority = row.integer("taskpriority")
        attributes.currentPriority = row.integer("currentpriority")
        attributes.coreCount = row.positive("corecount")
        if (row.cleaned("ramunit") ?? "MB").hasPrefix("MB") { attributes.memoryMegabytes = row.positive("ramcount") }
        attributes.attempt = row.integer("attemptnr")
        attributes.parentTask = row.positive("parent_tid").flatMap { $0 == row.integer("jeditaskid") ? nil : $0 }
        attributes.request = row.positive("reqid")
        return attributes
    }

    private func fillDatasets(_ facts: inout TaskFacts, in context: CallContext) async throws(ToolError) {
        let statement = TaskStudyStatements.datasets(of: facts.jeditaskid)
        let rows = try await source.rows(statement, maximumRows: maximumDatasets, in: context)
        if rows.isTruncated { facts.missingParts.append("datasets: only the first \(maximumDatasets) are read") }
        facts.datasets = rows.compactMap { row in
            guard let name = row.cleaned("datasetname"), let type = row.cleaned("type") else { return nil }
            return TaskDataset(
                name: name,
                type: type,
                status: row.cleaned("status"),
                files: row.integer("nfiles"),
                finished: row.integer("nfilesfinished"),
                failed: row.integer("nfilesfailed"),
                datasetID: row.integer("datasetid")
            )
        }
        // What is read beside the master input is read again for each of its files.
        let masters = rows.filter { row in
            row.integer("masterid") == nil && ["input", "pseudo_input"].contains(row.text("type"))
        }
        guard !masters.isEmpty else { return }
        func sum(_ column: String) -> Int { masters.reduce(0) { $0 + ($1.integer(column) ?? 0) } }
        facts.counts.total = sum("nfiles")
        facts.counts.finished = sum("nfilesfinished")
        facts.counts.failed = sum("nfilesfailed")
        facts.counts.missing = sum("nfilesmissing")
        facts.counts.eventsTotal = sum("nevents")
        facts.counts.eventsUsed = sum("neventsused")
    }

    private func fillJobs(_ facts: inout TaskFacts, in context: CallContext) async throws(ToolError) {
        let jobs = try await source.rows(
            TaskStudyStatements.jobs(of: facts.jeditaskid),
            maximumRows: maximumGroups,
            in: context
        )
        let errors = try await source.rows(
            TaskStudyStatements.errors(of: facts.jeditaskid),
            maximumRows: maximumGroups,
            in: context
        )
        facts.jobs = TaskJobCounts(
            counted: jobs.map { row in
                (row.cleaned("jobstatus") ?? "unknown", row.cleaned("computingsite"), row.integer("n") ?? 0)
            },
            errors: Self.errors(errors)
        )
        facts.missingParts.append("jobs: earlier attempts are among them, and jobs moved to the archive are not")
        if jobs.isTruncated || errors.isTruncated {
            facts.missingParts.append("jobs: only \(maximumGroups) groups of them were counted")
        }
    }

    /// The errors of jobs that are counted by all their codes; a job with two counts for both.
    private static func errors(_ rows: Rows) -> [TaskErrorCount] {
        struct Key: Hashable { let component: ErrorComponent, code: Int }
        var counts: [Key: (jobs: Int, newest: Int)] = [:]
        for row in rows {
            for component in ErrorComponent.allCases {
                guard let code = row.integer(component.codeColumn), code != 0 else { continue }
                let sum = counts[Key(component: component, code: code)] ?? (0, 0)
                counts[Key(component: component, code: code)] = (
                    sum.jobs + (row.integer("n") ?? 0), max(sum.newest, row.integer("newest") ?? 0)
                )
            }
        }
        let ordered = counts.sorted { left, right in
            (right.value.jobs, right.value.newest, left.key.component.rawValue, left.key.code)
                < (left.value.jobs, left.value.newest, right.key.component.rawValue, right.key.code)
        }
        return ordered.compactMap { key, count in
            TaskErrorCount(
                key.component,
                code: key.code,
                diagnosis: nil,
                jobs: count.jobs,
                examplePandaID: count.newest
            )
        }
    }
}
