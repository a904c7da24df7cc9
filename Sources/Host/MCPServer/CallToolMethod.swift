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
                listener: caller.listener,
                form: revision.toolForm,
                interaction: caller.interaction,
                fields: caller.fields
            )
        )
        return switch outcome {
        case .result(let result): .result(CallToolResult(result, namespace: namespace(of: request, caller)))
        case .failure(let error): .result(CallToolResult(error))
        case .unknownTool(let name): .error(.unknownTool(name))
        case .mismatch(let mismatch): .error(ProtocolError(mismatch))
        case .challenge(let stepUp): .challenge(stepUp)
        case .question(let question): .question(question)
        }
    }

    /// Whose resources a result may link to; nil where names have no prefix.
    ///
    /// A call inside a call has the resources of the tool inside.
    private func namespace(of request: CallToolRequest, _ caller: Caller) -> String? {
        guard caller.view.isPrefixed else { return nil }
        let outer = request.name.prefix { $0 != "_" }
        guard outer == "beamline", let inner = request.arguments["name"]?.string else { return String(outer) }
        return String(inner.prefix { $0 != "_" })
    }
}
