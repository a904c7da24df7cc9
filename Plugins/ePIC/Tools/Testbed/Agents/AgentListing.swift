import PluginKit

/// Lists the agents of the testbed.
protocol AgentListing: Sendable {
    /// The agents that match, the one heard of last first, those never heard of at the end.
    func agents(matching query: AgentQuery, in context: CallContext) async throws(ToolError) -> AgentPage
}

/// Some of the agents that match, and counts.
struct AgentPage: Sendable {
    var agents: [AgentItem]
    /// How many match.
    var totalCount: Int
    /// State → number of agents that match but for their state.
    var countsByStatus: [(status: String, count: Int)]
}
