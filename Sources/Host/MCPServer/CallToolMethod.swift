import GatewayCore
import JSON
import MCPModel

/// `tools/call`: one call through the pipeline.
struct CallToolMethod: ServerMethod {
    let name = CallToolRequest.method
    let eras: Set<Era> = [.modern, .session]
    let nameMember: String? = CallToolRequest.nameMember
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
                trace: caller.trace?.child()
            )
        )
        return switch outcome {
        case .result(let result): .result(CallToolResult(result))
        case .failure(let error): .result(CallToolResult(error))
        case .unknownTool: .error(.unknownTool(request.name))
        case .challenge(let stepUp): .challenge(stepUp)
        }
    }
}
