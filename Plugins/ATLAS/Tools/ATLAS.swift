import PanDAKit
package import PluginKit

/// What ATLAS contributes: its jobs and tasks, as the BigPanDA monitor knows them.
package struct ATLAS: Plugin {
    package struct Configuration: Decodable, Hashable, Sendable {
        /// The monitor's public address, for links in answers.
        package let monitorURL: String?

        package init(monitorURL: String? = nil) {
            self.monitorURL = monitorURL
        }

        private enum CodingKeys: String, CodingKey {
            case monitorURL = "monitor_url"
        }
    }

    private static let descriptions = MonitorTools.descriptions + RucioTools.descriptions

    package static let manifest = Manifest(
        id: "org.atlas.tools",
        version: "0.1.0",
        namespace: "atlas",
        tools: descriptions,
        resources: MonitorTools.resourceDescriptions,
        prompts: MonitorTools.promptDescriptions,
        sources: [
            SourceRequirement("monitor", .http), SourceRequirement("cric", .http, isRequired: false),
            RucioTools.requirement,
        ],
        documents: [DocumentCollection("docs", synonyms: PanDAWords.synonyms, entries: PanDAWords.entries)],
        routing: PanDARouting.routing(
            of: descriptions,
            names: ["cern", "lhc", "bigpanda"],
            jobs: 1_000_000_000...99_999_999_999,
            tasks: 10_000_000...99_999_999
        ),
        auth: AuthRules(
            roles: [
                .init("user", "member of the ATLAS collaboration"),
                .init("production", "runs the collaboration's production"),
            ],
            scopes: [
                .init("read", "read jobs, tasks, their errors, and where data lies"),
                .init("write", "give commands to tasks"),
            ],
            implies: ["write": ["read"]],
            rules: [.allow("*", anyRole: ["user", "production"], scopes: ["read"])]
        ),
        configuration: .object([
            .optional("monitor_url", .string("The monitor's public address, for links in answers.", format: "uri"))
        ])
    )

    package let tools: [any Tool]
    package let resources: [any Resource]
    package let prompts: [any Prompt]

    package init(configuration: Configuration) throws(ToolError) {
        let monitor = MonitorTools(
            pages: try MonitorPages(address: configuration.monitorURL),
            further: [RucioTools.probe]
        )
        tools = monitor.tools + RucioTools.tools()
        resources = monitor.resources
        prompts = monitor.prompts
    }
}
