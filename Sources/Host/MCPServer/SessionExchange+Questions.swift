import GatewayCore
import JSON
import MCPModel

/// Questions to clients of sessions: real requests on the stream of the call that asks.
///
/// The call is over while its client thinks, and begins again with the answers, as a modern client would send it again.
extension SessionExchange {
    /// Asks what a call wants to know, and calls again, until there is an answer.
    func settle(
        _ first: MethodAnswer,
        of request: JSONRPCRequest,
        _ caller: Caller,
        _ session: Session,
        send: @escaping @Sendable ([UInt8]) -> Void
    ) async -> MethodAnswer {
        var caller = caller
        var answer = first
        var round = 0
        while case .question(let question) = answer {
            guard !Task.isCancelled, question.missing.isEmpty else { return .failure(.cannotAsk, of: request) }
            guard round < questions.rounds else { return .failure(.asksTooOften, of: request) }
            round += 1
            let answers: [(key: String, answer: JSONNode)]
            switch await ask(question, session, send) {
            case .answers(let given): answers = given
            case .failure(let error): return .failure(error, of: request)
            }
            let asked = Dictionary(question.inputs.map { ($0.key, $0.kind) }) { first, _ in first }
            var interaction = question.interaction
            interaction.memory = question.memory
            interaction.edition = question.edition
            do {
                caller.interaction = try interaction.answered(asked, by: answers, limit: questions.answerBytes)
            } catch {
                return .error(error)
            }
            answer = await self.answer(request, caller, session)
        }
        return answer
    }

    private enum Outcome: Sendable {
        case answers([(key: String, answer: JSONNode)])
        case failure(GatewayError)
    }

    private enum Reply: Sendable {
        case answer(Question.Input, JSONNode?)
        case tooLate
    }

    /// Asks everything at once.
    private func ask(
        _ question: Question,
        _ session: Session,
        _ send: @escaping @Sendable ([UInt8]) -> Void
    ) async -> Outcome {
        let encoder = encoder
        let lifetime = questions.lifetime
        return await withTaskGroup(of: Reply.self) { group in
            for input in question.inputs {
                group.addTask {
                    let answer = await session.pending.ask { id in
                        send(encoder.request(input, id: id, revision: session.revision))
                    }
                    return .answer(input, answer)
                }
            }
            group.addTask {
                try? await Task.sleep(for: lifetime)
                return .tooLate
            }
            defer { group.cancelAll() }
            var answers: [(key: String, answer: JSONNode)] = []
            for await reply in group {
                guard case .answer(let input, let answer) = reply else { return .failure(.answeredTooLate) }
                // A user who is asked and answered by an error has not agreed to anything.
                guard let answer = answer ?? input.refusal else { return .failure(.notAnswered) }
                answers.append((input.key, answer))
                if answers.count == question.inputs.count { break }
            }
            return .answers(answers)
        }
    }
}

extension Question.Input {
    /// What an error means as an answer; nil when it means nothing.
    fileprivate var refusal: JSONNode? {
        switch kind {
        case .form, .link: try? JSONDocument(parsing: Array(#"{"action":"cancel"}"#.utf8)).root
        case .sampling, .roots: nil
        }
    }
}
