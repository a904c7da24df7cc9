import GatewayCore
import JSON
import MCPModel

/// `resources/read`: the contents of one resource.
struct ReadResourceMethod: ServerMethod {
    let name = ReadResourceRequest.method
    let eras: Set<Era> = [.modern, .session]
    let nameMember: String? = ReadResourceRequest.nameMember
    let takesTime = true
    let pipeline: ItemPipeline

    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer {
        do throws(ProtocolError) {
            let request = try ReadResourceRequest(parameters)
            let outcome = await pipeline.perform(
                ItemCall(caller, .resource(request.uri), .read, body: ItemCall.nothing)
            )
            switch outcome {
            case .result(let structured, let meta, let namespace):
                return .result(
                    try ReadResourceResult(
                        structured: structured,
                        meta: meta,
                        namespace: caller.view.isPrefixed ? namespace : nil,
                        // What a source says may have changed by the next moment.
                        cacheHints: CacheHints(timeToLive: 0, scope: .private)
                    )
                )
            case .failure(let error): return .error(ProtocolError(error))
            case .unknownItem: return .error(.unknownResource(request.uri, in: revision))
            case .challenge(let stepUp): return .challenge(stepUp)
            case .question(let question): return .question(question)
            }
        } catch {
            return .error(error)
        }
    }
}

extension ItemCall {
    /// The JSON text `{}`.
    static let nothing = Array("{}".utf8)

    init(
        _ caller: Caller,
        _ target: Target,
        _ question: ItemRequest.Question,
        arguments: JSONNode? = nil,
        body: [UInt8]
    ) {
        self.init(
            requestID: caller.requestID,
            principal: caller.principal,
            view: caller.view,
            target: target,
            question: question,
            arguments: arguments,
            body: body,
            trace: caller.trace?.child(),
            interaction: caller.interaction
        )
    }
}
