import JSON
import PluginKit

/// The tools that change something, and who may call them on what.
///
/// Each tool looks at its caller's rights itself before it does anything; asked before, the same rights keep a person from
/// being bothered with what would be refused.
struct ControlGate: Sendable {
    static let descriptions: [ToolDescription] = [
        StartWorkflowTool.description, StopWorkflowTool.description, EndExecutionTool.description,
        StartTestbedTool.description, StopTestbedTool.description, KillAgentTool.description,
        SendMessageTool.description, RecordMemoryTool.description,
    ]

    let tools: [any Tool]

    init(pages: TestbedPages, pace: ControlPace) {
        tools = [
            StartWorkflowTool(pages: pages, pace: pace), StopWorkflowTool(pace: pace), EndExecutionTool(),
            StartTestbedTool(), StopTestbedTool(), KillAgentTool(), SendMessageTool(), RecordMemoryTool(),
        ]
    }

    /// Whether the caller may make a call.
    ///
    /// What is wrong with its arguments, or is not there, the tool itself says better.
    func authorize(
        _ request: AuthorizationRequest,
        in context: CallContext
    ) async throws(ToolError) -> Authorization {
        do {
            return try await check(request, in: context) ? .allowed : .refused("This call is nobody's to make.")
        } catch {
            switch error.code {
            case .forbidden: return .refused([error.message, error.hint].compactMap(\.self).joined(separator: " "))
            case .invalidArgument, .notFound, .conflict: return .allowed
            default: throw error
            }
        }
    }

    private func check(_ request: AuthorizationRequest, in context: CallContext) async throws(ToolError) -> Bool {
        let rights = ControlRights(context: context)
        let arguments = request.arguments
        switch request.name {
        case StartWorkflowTool.description.name:
            let input: StartWorkflowTool.Input
            do {
                input = try JSONNodeDecoder().decode(StartWorkflowTool.Input.self, from: arguments)
            } catch {
                throw ToolError(.invalidArgument, "\(error)")
            }
            try await rights.check(namespace: StartWorkflowTool.plan(input, in: context).namespace)
        case StopWorkflowTool.description.name, EndExecutionTool.description.name:
            try await rights.check(execution: ExecutionID.read(arguments["execution_id"]?.string))
        case StartTestbedTool.description.name, StopTestbedTool.description.name:
            _ = try rights.user(arguments["username"]?.string)
        case KillAgentTool.description.name:
            try await KillAgentTool.check(
                KillAgentTool.agent(arguments["name"]?.string ?? "", in: context),
                in: context
            )
        case SendMessageTool.description.name:
            _ = try rights.user()
        case RecordMemoryTool.description.name:
            _ = try MemoryOwner.user(arguments["username"]?.string, "record what others said", in: context)
        default: return false
        }
        return true
    }
}
