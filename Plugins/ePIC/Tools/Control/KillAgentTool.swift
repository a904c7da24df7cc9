import JSON
import PluginKit

/// Has an agent's manager kill it.
///
/// No process is signalled from here: the number of a process that was an agent may be another's by now, and on another
/// machine it says nothing. The manager's supervisor knows which process it started.
struct KillAgentTool: Tool {
    struct Input: Decodable, Sendable {
        let name: String
    }

    struct Output: Encodable, Sendable {
        let success: Bool
        let name: String
        let pid: Int?
        let hostname: String?
        let killed: Bool
        let kill_error: String?
        let old_state: String
        let new_state: String
    }

    static let description = ToolDescription(
        name: "swf_kill_agent",
        title: "Kill an agent",
        summary: """
            Has the agent manager that started an agent kill it, and says whether it did and why not. All of a \
            testbed: swf_stop_user_testbed.
            """,
        input: .object([.required("name", .string("The agent's instance name.", maximumLength: 100))]),
        output: .object([
            .required("killed", .boolean()), .required("name", .string()), .required("new_state", .string()),
            .required("old_state", .string()), .required("success", .boolean()),
            .optional("kill_error", .string("Why it was not killed.")), .optional("pid", .integer()),
            .optional("hostname", .string()),
        ]),
        effect: .destroys(isIdempotent: true)
    )

    private static let patience = Duration.seconds(10)

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let agent = try await Self.agent(input.name, in: context)
        let owner = try await Self.check(agent, in: context)
        let old = agent["status"]?.string ?? "UNKNOWN"
        let (killed, reason) = try await kill(agent, of: owner, in: context)
        let now = try await Self.agent(input.name, in: context)
        return Output(
            success: killed,
            name: input.name,
            pid: agent["pid"]?.integer,
            hostname: agent["hostname"]?.string,
            killed: killed,
            kill_error: reason,
            old_state: old,
            new_state: now["status"]?.string ?? "UNKNOWN"
        )
    }

    static func agent(_ name: String, in context: CallContext) async throws(ToolError) -> Record {
        let statement = AgentStatements.agent(named: name, now: context.now)
        guard
            let agent = try await SQLSource.testbed.rows(statement, maximumRows: 1, in: context).first
                .flatMap(AgentStatements.agent.record)
        else { throw ToolError(.notFound, "There is no agent of that name.", hint: "swf_list_agents lists them.") }
        return agent
    }

    /// Whose agent it is, when the caller may kill it.
    @discardableResult
    static func check(_ agent: Record, in context: CallContext) async throws(ToolError) -> TestbedUser? {
        let rights = ControlRights(context: context)
        guard let namespace = agent["namespace"]?.string else {
            // Nobody's but the operators'.
            guard context.caller.roles.contains("operator") else {
                throw ToolError(.forbidden, "This agent belongs to no namespace; only operators may kill it.")
            }
            return nil
        }
        return try await rights.check(namespace: namespace)
    }

    /// Whether it was killed, and why not.
    private func kill(
        _ agent: Record,
        of owner: TestbedUser?,
        in context: CallContext
    ) async throws(ToolError) -> (Bool, String?) {
        guard agent["status"]?.string != "EXITED", agent["operational_state"]?.string != "EXITED" else {
            return (false, "It has ended already.")
        }
        guard let pid = agent["pid"]?.integer, pid > 1 else {
            return (false, "It never told the number of its process.")
        }
        guard let owner, ControlName.isPartOfQueue(owner.name) else {
            return (false, "Its namespace has no owner whose agent manager could be asked.")
        }
        guard try await StateReading(context: context).manager(of: owner).isAlive else {
            return (false, "The agent manager of \(owner.name) is not alive.")
        }
        let broker = TestbedBroker(context: context)
        guard let before = try await broker.ask("status", owner, within: TestbedControl.shortPatience) else {
            return (false, "The agent manager of \(owner.name) does not answer.")
        }
        guard let program = before.programs.first(where: { $0.pid == pid && $0.isRunning }) else {
            return (false, "The agent manager of \(owner.name) runs no process of that number.")
        }
        var command = TestbedBroker.command("kill_agent", at: context.now)
        command["name"] = agent["name"]
        command["program"] = .string(program.name)
        command["pid"] = .integer(pid)
        try await broker.send(command, to: owner.controlQueue, lifetime: 30)
        guard let after = try await broker.ask("status", owner, within: Self.patience) else {
            return (false, "The agent manager was told and has not answered since.")
        }
        guard !after.programs.contains(where: { $0.pid == pid && $0.isRunning }) else {
            return (
                false,
                "The agent manager left it running: it may be too old to kill single agents. swf_stop_user_testbed stops all."
            )
        }
        return (true, nil)
    }
}
