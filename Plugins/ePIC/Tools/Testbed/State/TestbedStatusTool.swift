import JSON
import PluginKit

/// Tells whether a user's testbed can run a workflow now.
struct TestbedStatusTool: Tool {
    struct Input: Decodable, Sendable {
        let username: String?
    }

    struct Output: Encodable, Sendable {
        let username: String
        let manager: AgentManager
        /// What the manager itself says; nil where no broker is connected or the manager is not alive.
        let supervisor: ManagerReport?
        let isAlive: Bool
        let agents: [TestbedAgent]
        let runningWorkflows: Int
        let isReady: Bool
        /// What keeps it from being ready and has to be mended.
        let error: String?
        /// How it stands otherwise.
        let note: String?
        let asOf: Timestamp

        private enum CodingKeys: String, CodingKey {
            case username
            case manager = "agent_manager"
            case isAlive = "alive"
            case supervisor, agents, summary
            case runningWorkflows = "running_workflows"
            case isReady = "ready"
            case error, note
            case asOf = "as_of"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            let running = agents.count { $0.isRunning }
            try container.encode(username, forKey: .username)
            try container.encode(isAlive, forKey: .isAlive)
            try container.encode(manager, forKey: .manager)
            try container.encodeIfPresent(supervisor, forKey: .supervisor)
            try container.encode(agents, forKey: .agents)
            try container.encode(["running": running, "stopped": agents.count - running], forKey: .summary)
            try container.encode(runningWorkflows, forKey: .runningWorkflows)
            try container.encode(isReady, forKey: .isReady)
            try container.encodeIfPresent(error, forKey: .error)
            try container.encodeIfPresent(note, forKey: .note)
            try container.encode(asOf, forKey: .asOf)
        }
    }

    static let howToStart = "Start the agent manager of that user on the testbed's host."

    static let description = ToolDescription(
        name: "swf_get_testbed_status",
        title: "Status of a testbed",
        summary: """
            Whether a user's testbed can run a workflow now, and what keeps it from that. Use it before a start. The \
            whole system: swf_get_system_state.
            """,
        input: .object([TestbedUser.argument]),
        output: .object([
            .required("username", .string()),
            .required("alive", .boolean("Whether the agent manager is.")),
            .required("agent_manager", .object(AgentManager.properties)),
            .optional("supervisor", ManagerReport.schema),
            .required("agents", .array(of: TestbedAgent.schema, "Those of its testbed that have not ended.")),
            .required("summary", .dictionary(of: .integer(minimum: 0), "running and stopped → agents.")),
            .required("running_workflows", .integer("Executions that run in its testbed.")),
            .required("ready", .boolean("Whether a workflow can be started.")),
            .optional("error", .string("What has to be mended first.")),
            .optional("note", .string("How it stands otherwise.")),
            .required("as_of", .time()),
        ])
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let user = try TestbedUser(input.username, caller: context.caller)
        let state = StateReading(context: context)
        let manager = try await state.manager(of: user)
        let agents = try await state.agents(of: manager)
        let running = agents.count { $0.isRunning }
        let report = manager.isAlive ? try await ManagerReport.ask(user, in: context) : nil
        var workflows = 0
        if let namespace = manager.namespace {
            workflows = try await state.count(StateStatements.runningExecutions(in: namespace))
        }
        var error: String?
        var note: String?
        if !manager.isAlive {
            error = "The agent manager is \(manager.health). \(Self.howToStart)"
        } else if manager.status == "ERROR" {
            error = "The agent manager reports ERROR; its log says why."
        } else if workflows > 0 {
            note = "\(workflows) workflow\(workflows == 1 ? " runs" : "s run") in its testbed."
        } else if running > 0 {
            note = "Idle and ready."
        } else {
            note = "No agents run: the testbed has to be started."
        }
        return Output(
            username: user.name,
            manager: manager,
            supervisor: report,
            isAlive: manager.isAlive,
            agents: agents,
            runningWorkflows: workflows,
            isReady: error == nil && workflows == 0 && running > 0,
            error: error,
            note: note,
            asOf: context.now
        )
    }
}
