import GatewayCore
import HTTPServer
import MCPModel

/// Writes how a method ended, for one request.
struct AnswerWriter: Sendable {
    let encoder: MessageEncoder
    let challenge: BearerChallenge
    let id: RequestIdentifier
    let revision: Revision
    /// Whether the method has results that can say that they are errors.
    var isToolCall = true

    /// The answer as an HTTP response of its own.
    func response(_ answer: MethodAnswer) -> HTTPResponse {
        switch answer {
        case .result(let result): .message(encoder.result(result, to: id, revision: revision))
        case .error(let error) where [.missingClientCapability, .headerMismatch].contains(error.code):
            .message(encoder.error(error, to: id), status: 400)
        case .error(let error): .message(encoder.error(error, to: id))
        case .challenge(let stepUp): .challenge(challenge, stepUp)
        case .question: .message(message(answer))
        }
    }

    /// The answer as one message among others, where there is no HTTP status of its own.
    func message(_ answer: MethodAnswer) -> [UInt8] {
        switch answer {
        case .result(let result): encoder.result(result, to: id, revision: revision)
        case .error(let error): encoder.error(error, to: id)
        case .challenge(let stepUp) where isToolCall:
            encoder.result(CallToolResult(.challenged(stepUp)), to: id, revision: revision)
        case .challenge(let stepUp): encoder.error(ProtocolError(.challenged(stepUp)), to: id)
        // Where nothing can be asked: in a batch, and on an answer that is no stream.
        case .question where isToolCall: encoder.result(CallToolResult(.cannotAsk), to: id, revision: revision)
        case .question: encoder.error(ProtocolError(.cannotAsk), to: id)
        }
    }
}

extension GatewayError {
    /// A challenge among other messages, which forbid an HTTP status of its own.
    fileprivate static func challenged(_ stepUp: StepUp) -> GatewayError {
        guard stepUp.maximumAuthenticationAge == nil else {
            return GatewayError(.forbidden, "The call needs a more recent login.", hint: "Log in again.")
        }
        return GatewayError(
            .forbidden,
            "The call needs a token with the scopes: \(stepUp.scopes.joined(separator: ", ")).",
            hint: "Send the call alone, not in a batch, to be asked for them."
        )
    }
}
