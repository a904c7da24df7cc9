package import GatewayCore
import JSON
import Logging
import PluginRuntime

extension HostedPlugin: ItemProvider {
    package func answer(_ request: ItemRequest) async -> ItemReply {
        let answer = await plugin.call(
            PluginRequest(
                method: request.question.method,
                name: request.name,
                body: request.body[...],
                context: CallContextText.write(request, namespace: namespace),
                deadline: request.deadline,
                caller: PluginCaller(
                    requestID: request.requestID,
                    principal: request.principal,
                    trace: request.trace
                ),
                isRepeatable: true
            )
        )
        // A plugin that does not complete arguments has no values for them.
        if request.question == .complete, answer.status == .unsupported {
            return .failure(GatewayError(.notFound, "There are no values for this argument."))
        }
        let mapping = ReplyMapping(answer, limits: plugin.limits)
        if let detail = mapping.detail {
            logger.notice(
                "A request about an item failed",
                metadata: [
                    "item": "\(request.name)", "request_id": "\(request.requestID)", "status": "\(answer.status)",
                    "detail": "\(detail)",
                ]
            )
        }
        switch mapping.reply {
        case .failure(let error): return .failure(error)
        case .result(let result): return .result(structured: result.structured, meta: result.meta)
        case .question(let question): return .question(question)
        }
    }
}

extension HostedPlugin {
    package func watch(_ request: WatchRequest) async -> WatchEnd {
        let answer = await plugin.call(
            PluginRequest(method: .subscribe, name: request.uri, body: request.body[...], deadline: nil)
        )
        guard answer.status != .unsupported else { return .unasked }
        let mapping = ReplyMapping(answer, limits: plugin.limits)
        if answer.fault != .cancelled, answer.fault != .stopping {
            logger.notice(
                "A resource is not watched any more",
                metadata: [
                    "resource": "\(request.uri)", "status": "\(answer.status)", "detail": "\(mapping.detail ?? "")",
                ]
            )
        }
        return .over
    }
}

extension ItemRequest.Question {
    fileprivate var method: PluginMethod {
        switch self {
        case .read: .resourceRead
        case .prompt: .promptGet
        case .complete: .completion
        }
    }
}
