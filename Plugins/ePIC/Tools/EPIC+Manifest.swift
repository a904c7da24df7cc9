import PanDAKit
package import PluginKit

extension EPIC {
    /// All tools; what clients list of them is short, or it would fill their models' windows.
    static let descriptions: [ToolDescription] = readingDescriptions + ControlGate.descriptions

    private static let readingDescriptions: [ToolDescription] = [
        InstructionsTool.description, ListToolsTool.description, GetActivityTool.description, ListJobsTool.description,
        ListTasksTool.description,
        StudyJobTool.description, StudyTaskTool.description, DiagnoseJobsTool.description, ErrorSummaryTool.description,
        ResourceUsageTool.description, ListQueuesTool.description, GetQueueTool.description,
        HarvesterWorkersTool.description, ExplainErrorTool.description,
        ListTagsTool.description, GetTagTool.description, SearchTagsTool.description,
        SystemStateTool.description, TestbedStatusTool.description, CheckManagerTool.description,
        ListAgentsTool.description, GetAgentTool.description, ListNamespacesTool.description,
        GetNamespaceTool.description, ListDefinitionsTool.description, ListExecutionsTool.description,
        GetExecutionTool.description, ListMonitorsTool.description, GetMonitorTool.description,
        ListMessagesTool.description, ListRunsTool.description, GetRunTool.description, ListFilesTool.description,
        GetFileTool.description, ListSlicesTool.description, GetSliceTool.description, ListLogsTool.description,
        GetLogEntryTool.description, GetMemoryTool.description,
    ]

    package static let manifest = Manifest(
        id: "org.epic.tools",
        version: "0.1.0",
        namespace: "epic",
        tools: descriptions.map { $0.outlined(atMost: 3) },
        resources: [JobResource.description, TaskResource.description, ExecutionResource.description],
        prompts: [
            ExplainFailurePrompt.description, TaskProgressPrompt.description, ProductionOverviewPrompt.description,
            ExplainExecutionPrompt.description, TestbedCheckPrompt.description,
        ],
        sources: [
            SourceRequirement("panda", .sql), SourceRequirement("testbed", .sql, isRequired: false),
            SourceRequirement("panda_monitor", .http, isRequired: false),
            SourceRequirement(TestbedBroker.source, .message, isRequired: false),
            SourceRequirement(MonitorAPI.source, .http, isRequired: false),
            SourceRequirement(TestbedSettings.source, .file, isRequired: false),
        ],
        routing: routing,
        auth: AuthRules(
            roles: [
                .init("user", "member of the ePIC collaboration"),
                .init("operator", "runs the testbed or the production"),
            ],
            scopes: [
                .init("read", "read jobs, tasks, queues, agents, workflows, data and logs"),
                .init("write", "start and stop your testbed and its workflows, send messages, record conversations"),
            ],
            implies: ["write": ["read"]],
            rules: [.allow("*", anyRole: ["user", "operator"], scopes: ["read"])]
                + ControlGate.descriptions.map {
                    AuthRules.Rule.allow($0.name, anyRole: ["user", "operator"], scopes: ["write"]).narrowed
                }
        ),
        configuration: .object([
            .optional(
                "monitor_url",
                .string(
                    "The testbed monitor's public address, for links in answers.",
                    format: "uri",
                    default: TestbedPages.localAddress
                )
            ),
            .optional(
                "panda_monitor_url",
                .string("The PanDA monitor's public address, for links in answers.", format: "uri")
            ),
            .optional(
                "compatibility",
                .choice(Compatibility.allCases.map(\.rawValue), "The older server whose form the answers have.")
            ),
        ])
    )
}
