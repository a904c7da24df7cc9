import GatewayCore
import JSON
import MCPModel
import Sealing

/// Questions to modern clients: everything that was said travels with the client, sealed (2026-07-28 basic,
/// "Multi round-trip requests").
struct Questioning: Sendable {
    let sealer: Sealer
    let spent: SpentStates
    let limits: QuestionLimits
    let clock: any WallClock

    /// What was asked and answered before this request.
    struct Past: Sendable {
        var interaction = Interaction()
        var round = 0
        /// Why the call cannot go on; nil when it can.
        var failure: GatewayError?
    }

    /// Reads what the client brought back.
    /// - Throws: -32602 when it is not what was given out, for this request and this caller, or is too old.
    func past(
        of request: JSONRPCRequest,
        _ abilities: ClientAbilities,
        of caller: Caller
    ) throws(ProtocolError) -> Past {
        let said = try InputAnswers(request.parameters)
        // An answer without a state is one to a question nobody asked.
        guard let text = said.state else { return Past(interaction: Interaction(abilities: abilities)) }
        let now = clock.now
        guard let bytes = sealer.open(text, for: Self.purpose(request, caller)),
            let state = RequestState(bytes, abilities: abilities), now < state.expiry
        else { throw Self.refused }
        let answers = said.answers.map { $0.members.map { (key: $0.name, answer: $0.value) } } ?? []
        let interaction = try state.interaction.answered(
            state.asked,
            agreeingTo: state.statement,
            by: answers,
            limit: limits.answerBytes
        )
        let past = Past(interaction: interaction, round: state.round)
        guard interaction.holdsConsent else { return past }
        switch spent.use(state, of: caller.principal, now: now) {
        case .good: return past
        case .spent: throw Self.refused
        case .full: return Past(failure: .tooManyAgreements)
        }
    }

    /// The answer that asks, unless the client cannot be asked.
    func asking(_ answer: MethodAnswer, after past: Past, _ request: JSONRPCRequest, of caller: Caller) -> MethodAnswer
    {
        guard case .question(let question) = answer else { return answer }
        guard question.missing.isEmpty else { return .error(.missingCapabilities(question.missing)) }
        guard past.round < limits.rounds else { return .failure(.asksTooOften, of: request) }
        let now = clock.now
        let state = RequestState(
            question,
            round: past.round + 1,
            name: Base64URL.encode(RandomBytes.make(count: 16)),
            made: now,
            expiry: now + limits.lifetime.components.seconds
        )
        return .result(
            InputRequiredResult(
                inputs: question.inputs,
                state: sealer.seal(state.bytes, for: Self.purpose(request, caller))
            )
        )
    }

    private static let refused = ProtocolError(
        .invalidParameters,
        "params.requestState is not one of this request, is too old, or was used. Send the request without it."
    )

    private static func purpose(_ request: JSONRPCRequest, _ caller: Caller) -> String {
        "request state " + RequestDigest.make(request, of: caller)
    }
}

extension MethodAnswer {
    /// A failure in the form that a request's method has for failures.
    static func failure(_ error: GatewayError, of request: JSONRPCRequest) -> MethodAnswer {
        request.method == CallToolRequest.method ? .result(CallToolResult(error)) : .error(ProtocolError(error))
    }
}

extension GatewayError {
    /// The client cannot be asked what the call needs to know.
    static let cannotAsk = GatewayError(
        .unavailable,
        "The call needs to ask the user something, and this client cannot.",
        hint: "Give the optional arguments that answer the question, or use a client that supports elicitation."
    )

    static let notAnswered = GatewayError(.unavailable, "The client did not answer what the call asked.")

    /// More calls that a user agreed to were made than can be remembered.
    static let tooManyAgreements = GatewayError(
        .rateLimited,
        "Too many calls were agreed to lately.",
        hint: "Try again later.",
        retryAfterMilliseconds: 60_000
    )

    /// As many calls of the caller wait for an answer as may.
    static let tooManyQuestions = GatewayError(
        .rateLimited,
        "Too many of your calls wait for an answer of their user.",
        hint: "Answer or cancel an earlier one."
    )

    static let answeredTooLate = GatewayError(.timeout, "The answer to what the call asked did not come in time.")
}
