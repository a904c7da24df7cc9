import PanDAKit
package import PluginKit

extension EPIC {
    package static let manifest = Manifest(
        id: "org.epic.tools",
        version: "0.1.0",
        namespace: "epic",
        tools: [
            GetActivityTool.description, ListJobsTool.description, ListTasksTool.description,
            StudyJobTool.description, DiagnoseJobsTool.description, ErrorSummaryTool.description,
            ResourceUsageTool.description, ListQueuesTool.description, GetQueueTool.description,
            ExplainErrorTool.description,
            ListAgentsTool.description, ListLogsTool.description,
        ],
        resources: [JobResource.description],
        prompts: [ExplainFailurePrompt.description],
        sources: [SourceRequirement("panda", .sql), SourceRequirement("testbed", .sql, isRequired: false)],
        auth: AuthRules(
            roles: [
                .init("user", "member of the ePIC collaboration"),
                .init("operator", "runs the testbed or the production"),
            ],
            scopes: [
                .init("read", "read jobs, tasks, queues, agents and logs"),
                .init("write", "start, stop and change things"),
            ],
            implies: ["write": ["read"]],
            rules: [.allow("*", anyRole: ["user", "operator"], scopes: ["read"])]
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
        ])
    )
}
