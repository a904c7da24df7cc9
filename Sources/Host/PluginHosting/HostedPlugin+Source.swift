package import GatewayCore
import JSON
import PluginRuntime

extension HostedPlugin: SourceProviding {
    package func answer(_ question: SourceQuestion) async throws(SourceError) -> [UInt8] {
        let answer = await plugin.call(
            PluginRequest(
                method: .sourceQuery,
                name: question.source,
                body: question.body[...],
                context: CallContextText.write(question),
                deadline: question.deadline,
                caller: PluginCaller(
                    requestID: question.requestID,
                    principal: .anonymous,
                    trace: question.trace,
                    isSource: true
                ),
                isRepeatable: true
            )
        )
        switch answer.status {
        case .ok where answer.fault == nil: return answer.structured
        case .timeout: throw .timeout
        case .tooLarge: throw .tooLarge
        case .cancelled: throw .cancelled
        case .unsupported: throw .unsupported
        case .invalidArgument, .notFound, .forbidden, .conflict:
            throw .rejected(detail: detail(answer))
        default: throw .unavailable(detail: detail(answer))
        }
    }

    /// What the operator hears; the plugin that asked and its caller do not.
    private func detail(_ answer: PluginReply) -> String {
        let words = (try? JSONDocument(parsing: answer.structured).root).flatMap { root in
            CallerText.cleaned(root["detail"]?.string ?? root["message"]?.string)
        }
        return "the plugin answered \(answer.status)" + (words.map { ": \($0)" } ?? "")
    }
}
