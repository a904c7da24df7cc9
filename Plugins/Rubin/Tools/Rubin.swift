import PanDAKit
package import PluginKit

/// What Rubin contributes: its BPS runs, as iDDS knows them, and its jobs and tasks, as the monitor does.
package struct Rubin: Plugin {
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

    private static let descriptions: [ToolDescription] =
        [RunReportTool.description, ListRunsTool.description] + MonitorTools.descriptions
        + RucioTools.descriptions

    package static let manifest = Manifest(
        id: "org.lsst.rubin.tools",
        version: "0.1.0",
        namespace: "rubin",
        tools: descriptions,
        resources: MonitorTools.resourceDescriptions,
        prompts: MonitorTools.promptDescriptions,
        sources: [
            SourceRequirement("idds", .http), SourceRequirement("monitor", .http, isRequired: false),
            SourceRequirement("cric", .http, isRequired: false), RucioTools.requirement,
        ],
        documents: [DocumentCollection("docs", synonyms: PanDAWords.synonyms, entries: PanDAWords.entries)],
        routing: PanDARouting.routing(
            of: descriptions,
            names: ["lsst", "usdf", "bps"],
            jobs: nil,
            tasks: nil,
            identifiers: [Routing.Identifier("run", words: ["run", "request", "requestid"])],
            topics: [
                .number("run", to: "run_report", as: "run"),
                .phrases(["list runs", "BPS runs", "which runs are under way"], to: "list_runs", days: "days"),
            ]
        ),
        auth: AuthRules(
            roles: [
                .init("user", "member of the Rubin data management or science teams"),
                .init("operator", "operates Rubin's processing campaigns"),
            ],
            scopes: [
                .init("read", "read runs, their labels and failures, jobs, tasks, and where data lies"),
                .init("write", "give commands to runs"),
            ],
            implies: ["write": ["read"]],
            rules: [.allow("*", anyRole: ["user", "operator"], scopes: ["read"])]
        ),
        configuration: .object([
            .optional("monitor_url", .string("The monitor's public address, for links in answers.", format: "uri"))
        ])
    )

    package let tools: [any Tool]
    package let resources: [any Resource]
    package let prompts: [any Prompt]

    package init(configuration: Configuration) throws(ToolError) {
        let pages = try RunPages(address: configuration.monitorURL)
        let source = IDDSSource()
        let monitor = MonitorTools(
            pages: try MonitorPages(address: configuration.monitorURL),
            further: [ServiceProbe("idds", .request(source: "idds", path: "/ping", query: [])), RucioTools.probe]
        )
        let runs: [any Tool] = [
            RunReportTool(runs: IDDSRunReading(source: source, pages: pages)),
            ListRunsTool(runs: IDDSRunListing(source: source)),
        ]
        tools = runs + monitor.tools + RucioTools.tools()
        resources = monitor.resources
        prompts = monitor.prompts
    }
}
