import JSON
import PluginKit

/// Tells everything known about one agent.
struct GetAgentTool: Tool {
    struct Input: Decodable, Sendable {
        let name: String
    }

    static let description = ToolDescription(
        name: "swf_get_agent",
        title: "One agent",
        summary: """
            One testbed agent by its name (from swf_list_agents): state, heartbeat, process, host, files, metadata. \
            Its log: swf_list_logs with instance_name.
            """,
        input: .object([.required("name", .string(maximumLength: 100))]),
        output: AgentStatements.agent.schema(
            .optional("seconds_since_heartbeat", .integer()),
            .required("is_silent", .boolean("Whether it ended without saying so.")),
            .required("monitor_urls", .array(of: .link))
        )
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let statement = AgentStatements.agent(named: input.name, now: context.now)
        let rows = try await SQLSource.testbed.rows(statement, maximumRows: 1, in: context)
        guard let row = rows.first, var agent = AgentStatements.agent.record(row) else {
            throw ToolError(.notFound, "There is no agent of that name.", hint: "swf_list_agents lists them.")
        }
        agent["seconds_since_heartbeat"] = row.time("last_heartbeat").map {
            .integer(max(0, context.now.seconds(since: $0)))
        }
        agent["is_silent"] = .bool(agent["status"] != agent["reported_status"])
        agent.set("monitor_urls", [pages.page("Agent", "/workflow/agents/", of: input.name)])
        return agent
    }
}
