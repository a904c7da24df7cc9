import GatewayCore
import JSON
import MCPModel

/// `prompts/get`: the messages of one prompt.
struct GetPromptMethod: ServerMethod {
    let name = GetPromptRequest.method
    let eras: Set<Era> = [.modern, .session]
    let nameMember: String? = GetPromptRequest.nameMember
    let takesTime = true
    let pipeline: ItemPipeline

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        do throws(ProtocolError) {
            let request = try GetPromptRequest(parameters)
            let body = request.arguments.map { Array($0.bytes) } ?? ItemCall.nothing
            let outcome = await pipeline.perform(
                ItemCall(caller, .prompt(request.name), .prompt, arguments: request.arguments, body: body)
            )
            switch outcome {
            case .result(let structured, let meta, let namespace):
                return .result(
                    try GetPromptResult(
                        structured: structured,
                        meta: meta,
                        namespace: caller.view.isPrefixed ? namespace : nil
                    )
                )
            case .failure(let error): return .error(ProtocolError(error))
            case .unknownItem: return .error(.unknownPrompt(request.name))
            case .challenge(let stepUp): return .challenge(stepUp)
            case .question(let question): return .question(question)
            }
        } catch {
            return .error(error)
        }
    }
}
