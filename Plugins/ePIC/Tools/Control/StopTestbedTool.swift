import PluginKit

/// Has a user's agent manager stop its agents, and tells whether they did.
struct StopTestbedTool: Tool {
    struct Input: Decodable, Sendable {
        let username: String?
    }

    static let description = ToolDescription(
        name: "swf_stop_user_testbed",
        title: "Stop a testbed",
        summary: """
            Has your agent manager stop all agents of your testbed, and waits for its answer. One workflow: \
            swf_stop_workflow.
            """,
        input: .object([.filter("username", "Yours unless given.")]),
        output: TestbedControl.output,
        effect: .destroys(isIdempotent: true),
        timeoutMilliseconds: 60_000
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> TestbedControl.Output {
        let user = try ControlRights(context: context).user(input.username)
        let control = TestbedControl(user: user, context: context)
        try await control.checkManager()
        return try await control.carryOut(
            TestbedBroker.command("stop_testbed", at: context.now),
            wantsAgents: false,
            config: nil
        )
    }
}
