import PluginKit

/// What an agent manager says of its testbed when it is asked, for an answer.
struct ManagerReport: Encodable, Sendable {
    /// Whether it answered; one that carries out a command does not.
    let answered: Bool
    let agents_running: Bool?
    let programs: [ManagerAnswer.Program]?

    static let schema = Schema.object(
        [
            .required("answered", .boolean("Whether the manager answered; one that is busy does not.")),
            .optional("agents_running", .boolean()),
            .optional("programs", .array(of: ManagerAnswer.Program.schema)),
        ],
        "What the manager itself says now."
    )

    /// Asks a user's manager; nil where no broker is connected, or the name is none of a queue.
    static func ask(_ user: TestbedUser, in context: CallContext) async throws(ToolError) -> ManagerReport? {
        guard ControlName.isPartOfQueue(user.name) else { return nil }
        do {
            let answer = try await TestbedControl(user: user, context: context).answer()
            return ManagerReport(
                answered: answer != nil,
                agents_running: answer?.areAgentsRunning,
                programs: answer?.programs
            )
        } catch {
            guard error.code != .cancelled else { throw error }
            return error == TestbedBroker.absent
                ? nil : ManagerReport(answered: false, agents_running: nil, programs: nil)
        }
    }
}
