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
        // With the words in the message too, for clients that only look there.
        case .challenge(let stepUp) where isToolCall:
            .challenge(
                challenge,
                stepUp,
                message: refused(.challenged(stepUp, hint: "Log in again and allow them."), stepUp)
            )
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
            refused(.challenged(stepUp), stepUp)
        case .challenge(let stepUp): encoder.error(ProtocolError(.challenged(stepUp)), to: id)
        // Where nothing can be asked: in a batch, and on an answer that is no stream.
        case .question where isToolCall: encoder.result(CallToolResult(.cannotAsk), to: id, revision: revision)
        case .question: encoder.error(ProtocolError(.cannotAsk), to: id)
        }
    }

    /// A call that needs a better token, as a result that carries the challenge.
    private func refused(_ error: GatewayError, _ stepUp: StepUp) -> [UInt8] {
        encoder.result(
            CallToolResult(error, challenge: challenge.insufficient(stepUp)),
            to: id,
            revision: revision
        )
    }
}

extension GatewayError {
    /// A challenge as a message.
    fileprivate static func challenged(
        _ stepUp: StepUp,
        hint: String = "Send the call alone, not in a batch, to be asked for them."
    ) -> GatewayError {
        guard stepUp.maximumAuthenticationAge == nil else {
            return GatewayError(.forbidden, "The call needs a more recent login.", hint: "Log in again.")
        }
        return GatewayError(
            .forbidden,
            "The call needs a token with the scopes: \(stepUp.scopes.joined(separator: ", ")).",
            hint: hint
        )
    }
}
