import GatewayCore
import JSON
import PluginRuntime

/// Turns what a plugin answered into what the pipeline passes on, and into what only the operator reads.
struct ReplyMapping: Sendable {
    let reply: ProviderReply
    /// What the plugin said for the log; nil when it said nothing.
    var detail: String?

    init(_ answer: PluginReply, limits: PluginLimits) {
        if let fault = answer.fault {
            reply = .failure(Self.error(for: fault))
            return
        }
        switch answer.status {
        case .ok:
            reply = .result(
                ProviderResult(
                    structured: answer.structured,
                    content: answer.content,
                    meta: answer.meta,
                    isError: answer.isError
                )
            )
        case .inputRequired:
            do {
                reply = .question(try QuestionReading(limits).question(in: answer.structured))
            } catch {
                reply = .failure(GatewayError(.internal, Self.sentence(for: .internal)))
                detail = error.reason
            }
        default:
            let words = Words(answer.structured)
            // A plugin may not end a call as cancelled unless the host did, and then there is a fault.
            let code = answer.status.errorCode ?? .internal
            reply = .failure(words.error(code))
            detail = words.detail
        }
    }

    /// The body of a failing status.
    private struct Words {
        var message: String?
        var hint: String?
        var retryAfter: Int?
        var detail: String?

        init(_ body: [UInt8]) {
            guard let root = try? JSONDocument(parsing: body).root else { return }
            message = CallerText.cleaned(root["message"]?.string)
            hint = CallerText.cleaned(root["hint"]?.string)
            detail = CallerText.cleaned(root["detail"]?.string)
            retryAfter = root["retry_after_ms"]?.integer.flatMap { (0...Self.longestRetry).contains($0) ? $0 : nil }
        }

        func error(_ code: ErrorCode) -> GatewayError {
            GatewayError(
                code,
                message ?? ReplyMapping.sentence(for: code),
                hint: hint,
                retryAfterMilliseconds: retryAfter
            )
        }

        /// A day, in milliseconds.
        private static let longestRetry = 86_400_000
    }

    private static func error(for fault: PluginFault) -> GatewayError {
        switch fault {
        case .malformedResult: GatewayError(.internal, sentence(for: .internal))
        case .resultTooLarge:
            GatewayError(
                .tooLarge,
                "The result is larger than this gateway passes on.",
                hint: "Ask for fewer records or a narrower window."
            )
        case .deadlinePassed: GatewayError(.timeout, sentence(for: .timeout), hint: "Ask for less, or try again later.")
        case .cancelled: GatewayError(.unavailable, "The call was cancelled.")
        case .queueFull:
            GatewayError(
                .unavailable,
                "Too many calls of this experiment's tools are waiting.",
                hint: "Try again in a moment.",
                retryAfterMilliseconds: 1000
            )
        case .stopping, .died, .gone:
            GatewayError(.unavailable, "This experiment's tools are being restarted.", retryAfterMilliseconds: 2000)
        case .disabled:
            GatewayError(.unavailable, "This experiment's tools do not answer; the operators of the gateway were told.")
        case .refused(let status):
            GatewayError(status.errorCode ?? .internal, sentence(for: status.errorCode ?? .internal))
        }
    }

    /// What a caller is told when the plugin found no words, or none that can be shown.
    private static func sentence(for code: ErrorCode) -> String {
        switch code {
        case .invalidArgument: "The tool does not accept these arguments."
        case .notFound: "What was asked for does not exist."
        case .forbidden: "The tool does not allow this to you."
        case .conflict: "The present state does not allow this."
        case .unavailable: "The tool cannot answer at the moment."
        case .timeout: "The tool did not answer in time."
        case .tooLarge: "The answer would be too large."
        case .rateLimited: "Too many calls; try again later."
        case .approvalRequired: "This call needs a person's approval."
        case .internal: "The tool failed inside; the operators of the gateway were told."
        }
    }
}
