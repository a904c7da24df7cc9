import JSON
import PluginKit

/// Has a user's agent manager start its agents, and tells whether they run.
struct StartTestbedTool: Tool {
    struct Input: Decodable, Sendable {
        let username: String?
        let config_name: String?
    }

    static let description = ToolDescription(
        name: "swf_start_user_testbed",
        title: "Start a testbed",
        summary: """
            Has your agent manager start your testbed's agents, and waits for its answer; refuses while any run. \
            Workflows: swf_start_workflow.
            """,
        input: .object([
            .filter("username", "Yours unless given."), .filter("config_name"),
        ]),
        output: TestbedControl.output,
        effect: .destroys(isIdempotent: false),
        timeoutMilliseconds: 60_000
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> TestbedControl.Output {
        let user = try ControlRights(context: context).user(input.username)
        try ControlName.check(input.config_name, "config_name")
        let control = TestbedControl(user: user, context: context)
        try await control.checkManager()
        if let running = try await control.answer()?.programs.filter(\.isRunning), !running.isEmpty {
            throw Self.running(running.map(\.name))
        }
        let agents = try await control.runningAgents()
        guard agents.isEmpty else { throw Self.running(agents) }
        var command = TestbedBroker.command("start_testbed", at: context.now)
        command["config_name"] = input.config_name.given.map(JSONValue.string)
        return try await control.carryOut(command, wantsAgents: true, config: input.config_name.given)
    }

    private static func running(_ names: [String]) -> ToolError {
        ToolError(
            .conflict,
            "Agents of this testbed run already: \(names.prefix(20).joined(separator: ", ")).",
            hint: "swf_stop_user_testbed stops them."
        )
    }
}
