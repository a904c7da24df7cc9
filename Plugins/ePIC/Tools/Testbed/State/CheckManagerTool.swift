import JSON
import PluginKit

/// Tells whether a user's agent manager is there.
struct CheckManagerTool: Tool {
    struct Input: Decodable, Sendable {
        let username: String?
    }

    struct Output: Encodable, Sendable {
        let isAlive: Bool
        let username: String
        let manager: AgentManager
        let instanceName: String
        let controlQueue: String
        let areAgentsRunning: Bool
        let howToStart: String?
        let asOf: Timestamp

        private enum CodingKeys: String, CodingKey {
            case isAlive = "alive"
            case username
            case instanceName = "instance_name"
            case controlQueue = "control_queue"
            case areAgentsRunning = "agents_running"
            case howToStart = "how_to_start"
            case asOf = "as_of"
        }

        func encode(to encoder: any Encoder) throws {
            try manager.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(isAlive, forKey: .isAlive)
            try container.encode(username, forKey: .username)
            try container.encode(instanceName, forKey: .instanceName)
            try container.encode(controlQueue, forKey: .controlQueue)
            try container.encode(areAgentsRunning, forKey: .areAgentsRunning)
            try container.encodeIfPresent(howToStart, forKey: .howToStart)
            try container.encode(asOf, forKey: .asOf)
        }
    }

    static let description = ToolDescription(
        name: "swf_check_agent_manager",
        title: "Check an agent manager",
        summary: """
            Whether a user's agent manager is alive. Whether a workflow can run: swf_get_testbed_status.
            """,
        input: .object([TestbedUser.argument]),
        output: .object(
            AgentManager.properties + [
                .required("alive", .boolean("A heartbeat in the last 5 minutes, and not ended.")),
                .required("username", .string()),
                .required("instance_name", .string("The agent's name.")),
                .required("control_queue", .string("Where it takes its orders.")),
                .required("agents_running", .boolean("Whether other agents of its testbed beat.")),
                .optional("how_to_start", .string()),
                .required("as_of", .time()),
            ]
        )
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let user = try TestbedUser(input.username, caller: context.caller)
        let state = StateReading(context: context)
        let manager = try await state.manager(of: user)
        let agents = try await state.agents(of: manager)
        return Output(
            isAlive: manager.isAlive,
            username: user.name,
            manager: manager,
            instanceName: user.managerName,
            controlQueue: user.controlQueue,
            areAgentsRunning: agents.contains(where: \.isRunning),
            howToStart: manager.isAlive ? nil : TestbedStatusTool.howToStart,
            asOf: context.now
        )
    }
}
