import PluginKit

/// Whose testbed is asked about.
struct TestbedUser: Hashable, Sendable {
    let name: String

    /// Takes the name given, or the caller's own.
    /// - Throws: `ToolError` with `invalid_argument` when neither is there.
    init(_ argument: String?, caller: Caller) throws(ToolError) {
        guard let name = argument.given ?? caller.username.given ?? Optional(caller.subject).given else {
            throw ToolError(.invalidArgument, "username: is needed, for the caller has no name.")
        }
        self.name = name
    }

    /// The name of the agent that starts and stops this user's agents.
    var managerName: String { "agent-manager-\(name)" }
    /// Where that agent takes its orders.
    var controlQueue: String { "/queue/agent_control.\(name)" }

    static let argument = Schema.Property.filter("username", "The caller unless given.")
}
