package import PluginKit

/// The tools an experiment has whose jobs and tasks a BigPanDA monitor knows, and whose queues CRIC does.
package struct MonitorTools: Sendable {
    package static let descriptions = [
        GetActivityTool.description, ListJobsTool.description, ListTasksTool.description, StudyJobTool.description,
        JobLogTool.description, StudyTaskTool.description, DiagnoseJobsTool.description, ErrorSummaryTool.description,
        ResourceUsageTool.description, ListQueuesTool.description, GetQueueTool.description,
        HarvesterWorkersTool.description, ExplainErrorTool.description, AskDocsTool.description,
    ]

    /// What the tools ask; the sources' names are fixed.
    package static let monitor = "monitor"
    package static let cric = "cric"
    package static let documents = "docs"

    package let tools: [any Tool]
    package let resources: [any Resource]

    /// Makes the tools; `pages` is where answers point to.
    package init(pages: MonitorPages) {
        let source = MonitorSource(name: Self.monitor)
        let rows = MonitorRows(source: source)
        let logs = MonitorLogReading(name: Self.monitor)
        let queues = CRICQueueListing(name: Self.cric)
        let job = StudyJobTool(jobs: MonitorJobReading(source: source, pages: pages), logs: logs)
        let task = StudyTaskTool(tasks: MonitorTaskReading(source: source, pages: pages))
        tools = [
            GetActivityTool(activity: MonitorActivityReading(source: source, rows: rows)),
            ListJobsTool(jobs: MonitorJobListing(rows: rows, pages: pages)),
            ListTasksTool(tasks: MonitorTaskListing(rows: rows, pages: pages)),
            job,
            JobLogTool(logs: logs, pages: pages),
            task,
            DiagnoseJobsTool(jobs: MonitorFailureListing(rows: rows, pages: pages)),
            ErrorSummaryTool(errors: MonitorErrorReading(rows: rows, pages: pages)),
            ResourceUsageTool(usage: MonitorUsageReading(rows: rows)),
            ListQueuesTool(queues: queues),
            GetQueueTool(queues: queues),
            HarvesterWorkersTool(workers: MonitorWorkerReading(rows: rows)),
            ExplainErrorTool(),
            AskDocsTool(collection: Self.documents),
        ]
        resources = [JobResource(job), TaskResource(task)]
    }
}
