import PanDAKit
package import PluginKit

/// What ePIC contributes: its PanDA jobs, tasks and queues, and the agents and logs of the streaming workflow testbed.
package struct EPIC: Plugin {
    package struct Configuration: Decodable, Hashable, Sendable {
        /// The testbed monitor's public address, for links in answers.
        package let monitorURL: String?
        /// The PanDA monitor's public address, for links in answers; without one there are none.
        package let pandaMonitorURL: String?

        package init(monitorURL: String? = nil, pandaMonitorURL: String? = nil) {
            self.monitorURL = monitorURL
            self.pandaMonitorURL = pandaMonitorURL
        }

        private enum CodingKeys: String, CodingKey {
            case monitorURL = "monitor_url"
            case pandaMonitorURL = "panda_monitor_url"
        }
    }

    package let tools: [any Tool]
    package let resources: [any Resource]
    package let prompts: [any Prompt] = [ExplainFailurePrompt()]

    package init(configuration: Configuration) throws(ToolError) {
        let testbed = TestbedPages(base: try PageAddress.read(configuration.monitorURL, "monitor_url"))
        let panda = try MonitorPages(
            address: PageAddress.read(configuration.pandaMonitorURL, "panda_monitor_url")
        )
        let failures = SQLFailureReading(pages: panda)
        let job = StudyJobTool(jobs: SQLJobReading(pages: panda))
        resources = [JobResource(job)]
        tools = [
            GetActivityTool(activity: SQLActivityReading()),
            ListJobsTool(jobs: SQLJobListing(pages: panda)),
            ListTasksTool(tasks: SQLTaskListing(pages: panda)),
            job,
            DiagnoseJobsTool(jobs: failures),
            ErrorSummaryTool(errors: failures),
            ResourceUsageTool(usage: SQLUsageReading()),
            ListQueuesTool(queues: SQLQueueListing()),
            GetQueueTool(queues: SQLQueueListing()),
            ExplainErrorTool(),
            ListAgentsTool(agents: SQLAgentListing(), pages: testbed),
            ListLogsTool(logs: SQLLogListing(), pages: testbed),
        ]
    }
}
