package import PluginKit

/// The tools an experiment has whose jobs and tasks a BigPanDA monitor knows, and whose queues CRIC does.
package struct MonitorTools: Sendable {
    package static let descriptions = [
        GetActivityTool.description, ListJobsTool.description, ListTasksTool.description, StudyJobTool.description,
        JobLogTool.description, StudyTaskTool.description, DiagnoseJobsTool.description, ErrorSummaryTool.description,
        ResourceUsageTool.description, ListQueuesTool.description, GetQueueTool.description,
        HarvesterWorkersTool.description, ExplainErrorTool.description, AskDocsTool.description,
        TaskFailuresTool.description, PerformanceSummaryTool.description, SuggestFollowupsTool.description,
        ServiceHealthTool.description,
    ]

    package static let resourceDescriptions = [
        JobResource.description, TaskResource.description, JobLogResource.description, ErrorResource.description,
        DocumentsResource.description,
    ]

    package static let promptDescriptions = [
        ExplainFailurePrompt.description, TaskProgressPrompt.description, WeeklyReportPrompt.description,
        SubmitHelpPrompt.description,
    ]

    /// What the tools ask; the sources' names are fixed.
    package static let monitor = "monitor"
    package static let cric = "cric"
    package static let documents = "docs"

    package let tools: [any Tool]
    package let resources: [any Resource]
    package let prompts: [any Prompt] = [
        ExplainFailurePrompt(), TaskProgressPrompt(), WeeklyReportPrompt(), SubmitHelpPrompt(),
    ]

    /// Makes the tools; `pages` is where answers point to, `further` what else of the experiment can be asked how it does.
    package init(pages: MonitorPages, further: [ServiceProbe] = []) {
        let source = MonitorSource(name: Self.monitor)
        let rows = MonitorRows(source: source)
        let logs = MonitorLogReading(name: Self.monitor)
        let queues = CRICQueueListing(name: Self.cric)
        let jobs = MonitorJobReading(source: source, pages: pages)
        let tasks = MonitorTaskReading(source: source, pages: pages)
        let job = StudyJobTool(jobs: jobs, logs: logs, retries: MonitorRetryReading(rows: rows))
        let task = StudyTaskTool(tasks: tasks)
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
            TaskFailuresTool(failures: MonitorTaskFailureReading(rows: rows, pages: pages)),
            PerformanceSummaryTool(
                performance: MonitorPerformanceReading(source: source, rows: rows, pages: pages)
            ),
            SuggestFollowupsTool(jobs: jobs, tasks: tasks, offered: Self.descriptions.map(\.name)),
            ServiceHealthTool(probes: Self.probes + further),
        ]
        resources = [
            JobResource(job), TaskResource(task), JobLogResource(logs: logs), ErrorResource(),
            DocumentsResource(collection: Self.documents),
        ]
    }

    /// Light questions to what the tools ask.
    private static let probes = [
        ServiceProbe(
            "monitor",
            .request(source: monitor, path: "/jobs/", query: ["json", "pandaid=1", "fields=pandaid", "outputs=jobs"])
        ),
        ServiceProbe("cric", .request(source: cric, path: "/pandaqueue/query/", query: ["json"])),
        ServiceProbe("documentation", .documents(documents)),
    ]
}
