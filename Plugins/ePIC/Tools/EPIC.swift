import PanDAKit
package import PluginKit

/// What ePIC contributes: its PanDA jobs, tasks and queues, and the agents and logs of the streaming workflow testbed.
package struct EPIC: Plugin {
    package struct Configuration: Decodable, Hashable, Sendable {
        /// The testbed monitor's public address, for links in answers.
        package let monitorURL: String?
        /// The PanDA monitor's public address, for links in answers; without one there are none.
        package let pandaMonitorURL: String?
        /// The older server whose form the answers have; nil for ours.
        package let compatibility: Compatibility?

        package init(
            monitorURL: String? = nil,
            pandaMonitorURL: String? = nil,
            compatibility: Compatibility? = nil
        ) {
            self.monitorURL = monitorURL
            self.pandaMonitorURL = pandaMonitorURL
            self.compatibility = compatibility
        }

        private enum CodingKeys: String, CodingKey {
            case monitorURL = "monitor_url"
            case pandaMonitorURL = "panda_monitor_url"
            case compatibility
        }
    }

    package let tools: [any Tool]
    package let resources: [any Resource]
    private let control: ControlGate
    package let prompts: [any Prompt] = [
        ExplainFailurePrompt(), TaskProgressPrompt(), ProductionOverviewPrompt(), ExplainExecutionPrompt(),
        TestbedCheckPrompt(),
    ]

    package init(configuration: Configuration) throws(ToolError) {
        try self.init(configuration: configuration, pace: ControlPace())
    }

    /// Creates an instance that follows commands to the testbed at a pace of its own.
    /// - Throws: `ToolError`, whose message goes to the operator.
    package init(configuration: Configuration, pace: ControlPace) throws(ToolError) {
        let testbed = TestbedPages(base: try PageAddress.read(configuration.monitorURL, "monitor_url"))
        let panda = try MonitorPages(
            address: PageAddress.read(configuration.pandaMonitorURL, "panda_monitor_url")
        )
        let failures = SQLFailureReading(pages: panda)
        let job = StudyJobTool(
            jobs: SQLJobReading(pages: panda),
            logs: MonitorLogReading(name: "panda_monitor"),
            retries: SQLRetryReading()
        )
        let task = StudyTaskTool(tasks: SQLTaskReading(pages: panda))
        resources = [
            JobResource(job),
            TaskResource(task),
            ExecutionResource(
                execution: GetExecutionTool(pages: testbed),
                monitor: GetMonitorTool(pages: testbed)
            ),
        ]
        // What Harvester wrote comes first; a monitor that is bound may know more.
        let workers = FirstWorkersTold(
            SQLWorkerReading(),
            orElse: MonitorWorkerReading(rows: MonitorRows(source: MonitorSource(name: "panda_monitor")))
        )
        let production: [any Tool] = [
            InstructionsTool(),
            ListToolsTool(Self.descriptions),
            GetActivityTool(activity: SQLActivityReading()),
            ListJobsTool(jobs: SQLJobListing(pages: panda)),
            ListTasksTool(tasks: SQLTaskListing(pages: panda)),
            job,
            task,
            DiagnoseJobsTool(jobs: failures),
            ErrorSummaryTool(errors: failures),
            ResourceUsageTool(usage: SQLUsageReading()),
            ListQueuesTool(queues: SQLQueueListing()),
            GetQueueTool(queues: SQLQueueListing()),
            HarvesterWorkersTool(workers: workers),
            ExplainErrorTool(),
            ListTagsTool(),
            GetTagTool(),
            SearchTagsTool(),
        ]
        control = ControlGate(pages: testbed, pace: pace)
        tools = (production + Self.tools(with: testbed) + control.tools).map { $0.form(configuration.compatibility) }
    }

    /// The last word on calls that steer the testbed.
    package func authorize(
        _ request: AuthorizationRequest,
        in context: CallContext
    ) async throws(ToolError) -> Authorization {
        try await control.authorize(request, in: context)
    }

    /// The tools that tell of the testbed.
    private static func tools(with pages: TestbedPages) -> [any Tool] {
        [
            SystemStateTool(),
            TestbedStatusTool(),
            CheckManagerTool(),
            ListAgentsTool(agents: SQLAgentListing(), pages: pages),
            GetAgentTool(pages: pages),
            ListNamespacesTool(pages: pages),
            GetNamespaceTool(pages: pages),
            ListDefinitionsTool(pages: pages),
            ListExecutionsTool(pages: pages),
            GetExecutionTool(pages: pages),
            ListMonitorsTool(pages: pages),
            GetMonitorTool(pages: pages),
            ListMessagesTool(pages: pages),
            ListRunsTool(pages: pages),
            GetRunTool(pages: pages),
            ListFilesTool(pages: pages),
            GetFileTool(pages: pages),
            ListSlicesTool(pages: pages),
            GetSliceTool(pages: pages),
            ListLogsTool(logs: SQLLogListing(), pages: pages),
            GetLogEntryTool(pages: pages),
            GetMemoryTool(),
        ]
    }
}
