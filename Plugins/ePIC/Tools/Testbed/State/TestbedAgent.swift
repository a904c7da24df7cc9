import PluginKit

/// An agent of a user's testbed.
struct TestbedAgent: Encodable, Hashable, Sendable {
    /// An agent that beat in the last so many seconds runs.
    static let runningSeconds = 120

    let name: String
    let type: String?
    let status: String?
    let lastHeartbeat: Timestamp?
    let isRunning: Bool

    private enum CodingKeys: String, CodingKey {
        case name, type, status
        case lastHeartbeat = "last_heartbeat"
        case isRunning = "running"
    }

    init?(_ row: Row, now: Timestamp) {
        guard let name = row.cleaned("instance_name") else { return nil }
        self.name = name
        type = row.cleaned("agent_type")
        status = row.cleaned("status")
        lastHeartbeat = row.time("last_heartbeat")
        isRunning = lastHeartbeat.map { now.seconds(since: $0) <= Self.runningSeconds } ?? false
    }

    static let schema = Schema.object([
        .required("name", .string()),
        .optional("type", .string()),
        .optional("status", .string("As last reported.")),
        .optional("last_heartbeat", .time()),
        .required("running", .boolean("A heartbeat in the last 2 minutes.")),
    ])
}

extension StateReading {
    private static let mostAgents = 200

    /// The agents of a manager's testbed that have not ended.
    func agents(of manager: AgentManager) async throws(ToolError) -> [TestbedAgent] {
        guard let namespace = manager.namespace else { return [] }
        return try await rows(StateStatements.agents(in: namespace), Self.mostAgents)
            .compactMap { TestbedAgent($0, now: context.now) }
    }
}
