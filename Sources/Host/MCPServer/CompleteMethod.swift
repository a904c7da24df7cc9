import GatewayCore
import JSON
import MCPModel

/// `completion/complete`: values for an argument of a prompt or a variable of a template.
struct CompleteMethod: ServerMethod {
    let name = CompleteRequest.method
    let eras: Set<Era> = [.modern, .session]
    let pipeline: ItemPipeline

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        do throws(ProtocolError) {
            let request = try CompleteRequest(parameters)
            switch await pipeline.perform(ItemCall(caller, request.target, .complete, body: request.body)) {
            case .result(let structured, let meta, _):
                return .result(try CompleteResult(structured: structured, meta: meta))
            // A provider that has no values for the argument.
            case .failure(let error) where error.code == .notFound: return .result(CompleteResult())
            case .failure(let error): return .error(ProtocolError(error))
            case .unknownItem:
                switch request.target {
                case .prompt(let name): return .error(.unknownPrompt(name))
                case .resource(let uri), .template(let uri): return .error(.unknownResource(uri, in: revision))
                }
            case .challenge(let stepUp): return .challenge(stepUp)
            case .question: return .error(ProtocolError(.cannotAsk))
            }
        } catch {
            return .error(error)
        }
    }
}
