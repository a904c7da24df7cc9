import GatewayCore
import JSON
import MCPModel

/// `tools/call`: one call through the pipeline.
struct CallToolMethod: ServerMethod {
    let name = CallToolRequest.method
    let eras: Set<Era> = [.modern, .session]
    let nameMember: String? = CallToolRequest.nameMember
    let takesTime = true
    let pipeline: CallPipeline

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        let request: CallToolRequest
        do {
            request = try CallToolRequest(parameters)
        } catch {
            return .error(error)
        }
        let outcome = await pipeline.perform(
            ToolCall(
                requestID: caller.requestID,
                principal: caller.principal,
                view: caller.view,
                name: request.name,
                arguments: request.arguments,
                trace: caller.trace?.child(),
                listener: caller.listener
            )
        )
        return switch outcome {
        case .result(let result): .result(CallToolResult(result, namespace: namespace(of: request.name, caller)))
        case .failure(let error): .result(CallToolResult(error))
        case .unknownTool: .error(.unknownTool(request.name))
        case .challenge(let stepUp): .challenge(stepUp)
        }
    }

    /// Whose resources a result may link to; nil where names have no prefix.
    private func namespace(of tool: String, _ caller: Caller) -> String? {
        guard caller.view.isPrefixed else { return nil }
        return String(tool.prefix { $0 != "_" })
    }
}
