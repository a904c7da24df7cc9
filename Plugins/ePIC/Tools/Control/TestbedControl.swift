import JSON
import PluginKit

/// Speaks with the agent manager of one testbed.
struct TestbedControl: Sendable {
    struct Output: Encodable, Sendable {
        let success = true
        let username: String
        let config: String?
        let agents_running: Bool
        let programs: [ManagerAnswer.Program]
        let control_queue: String
        let note: String
    }

    /// A manager that carries out a command answers nothing else meanwhile.
    private static let patience = Duration.seconds(30)
    /// How long an idle manager is waited for.
    static let shortPatience = Duration.seconds(3)

    let user: TestbedUser
    let context: CallContext

    static let output = Schema.object([
        .required("agents_running", .boolean("As the manager says afterwards.")),
        .required("programs", .array(of: ManagerAnswer.Program.schema)),
        .required("username", .string()), .required("success", .boolean()), .optional("config", .string()),
        .required("control_queue", .string()), .required("note", .string()),
    ])

    /// - Throws: `ToolError` with `conflict` when the manager is not alive.
    func checkManager() async throws(ToolError) {
        let manager = try await StateReading(context: context).manager(of: user)
        guard manager.isAlive else {
            throw ToolError(
                .conflict,
                "The agent manager is \(manager.health), so nothing was done.",
                hint: TestbedStatusTool.howToStart
            )
        }
    }

    /// The names of the agents that beat.
    func runningAgents() async throws(ToolError) -> [String] {
        let state = StateReading(context: context)
        return try await state.agents(of: state.manager(of: user)).filter(\.isRunning).map(\.name)
    }

    /// What the manager says now; nil when it does not answer.
    func answer() async throws(ToolError) -> ManagerAnswer? {
        try await TestbedBroker(context: context).ask("status", user, within: Self.shortPatience)
    }

    /// Sends a command, then asks how it is: a manager takes one message after the other.
    func carryOut(_ command: JSONObject, wantsAgents: Bool, config: String?) async throws(ToolError) -> Output {
        let broker = TestbedBroker(context: context)
        try await broker.send(command, to: user.controlQueue, lifetime: 60)
        let asked = try await broker.ask("status", user, within: Self.patience)
        guard let answer = asked else {
            throw ToolError(
                .timeout,
                "The command was sent, and the agent manager has not answered since.",
                hint: "It may still be at it: look with swf_get_testbed_status before you try again."
            )
        }
        guard answer.areAgentsRunning == wantsAgents else {
            throw ToolError(
                .conflict,
                wantsAgents ? "The agent manager started no agents." : "The agent manager did not stop all agents.",
                hint: "swf_list_logs with instance_name \(user.managerName) says why."
            )
        }
        return Output(
            username: user.name,
            config: config,
            agents_running: answer.areAgentsRunning,
            programs: answer.programs,
            control_queue: user.controlQueue,
            note: wantsAgents
                ? "Agents may take some seconds until they are ready: swf_get_testbed_status."
                : "All agents are stopped."
        )
    }
}
