import GatewayCore
import JSON
import MCPModel
import Sealing

/// Questions to clients of sessions: real requests on the stream of the call that asks.
///
/// The plugin's call is over while the client thinks, and begins again with the answers, as a modern client would send
/// it again. Only the HTTP request waits.
extension SessionExchange {
    /// Asks what a call wants to know, and calls again, until there is an answer.
    func settle(
        _ first: MethodAnswer,
        of request: JSONRPCRequest,
        _ caller: Caller,
        _ session: Session,
        send: @escaping @Sendable ([UInt8]) -> Void
    ) async -> MethodAnswer {
        guard case .question(var question) = first else { return first }
        guard sessions.beginQuestion(of: caller.principal) else { return .failure(.tooManyQuestions, of: request) }
        defer { sessions.endQuestion(of: caller.principal) }
        // Nothing of a token may outlive it.
        let end = caller.lifetime.map { SuspendingClock.now.advanced(by: $0) }
        var caller = caller
        for _ in 0..<questions.rounds {
            guard question.missing.isEmpty else { return .failure(.cannotAsk, of: request) }
            let answers: [(key: String, answer: JSONNode)]
            switch await ask(question, session, until: end, send) {
            case .answers(let given): answers = given
            case .failure(let error): return .failure(error, of: request)
            }
            var interaction = question.interaction
            interaction.memory = question.memory
            interaction.edition = question.edition
            do {
                caller.interaction = try interaction.answered(
                    Dictionary(question.inputs.map { ($0.key, $0.kind) }) { first, _ in first },
                    agreeingTo: question.statement,
                    by: answers,
                    limit: questions.answerBytes
                )
            } catch {
                return .error(error)
            }
            let answer = await self.answer(request, caller, session)
            guard case .question(let next) = answer else { return answer }
            question = next
        }
        return .failure(.asksTooOften, of: request)
    }

    private enum Outcome: Sendable {
        case answers([(key: String, answer: JSONNode)])
        case failure(GatewayError)
    }

    private enum Reply: Sendable {
        case answer(Question.Input, PendingAnswers.Reply)
        case tooLate
    }

    /// Asks everything at once.
    private func ask(
        _ question: Question,
        _ session: Session,
        until end: SuspendingClock.Instant?,
        _ send: @escaping @Sendable ([UInt8]) -> Void
    ) async -> Outcome {
        let encoder = encoder
        let due = SuspendingClock.now.advanced(by: questions.lifetime)
        return await withTaskGroup(of: Reply.self) { group in
            for input in question.inputs {
                group.addTask {
                    let link = Base64URL.encode(RandomBytes.make(count: 16))
                    let reply = await session.pending.ask { id in
                        send(encoder.request(input, id: id, link: link, revision: session.revision))
                    } takeBack: { id in
                        send(encoder.cancellation(ofRequest: id))
                    }
                    return .answer(input, reply)
                }
            }
            group.addTask {
                try? await Task.sleep(until: end.map { min($0, due) } ?? due, clock: .suspending)
                return .tooLate
            }
            let outcome = await Self.outcome(of: &group, question.inputs.count)
            group.cancelAll()
            return outcome
        }
    }

    private static func outcome(of group: inout TaskGroup<Reply>, _ count: Int) async -> Outcome {
        var answers: [(key: String, answer: JSONNode)] = []
        for await reply in group {
            guard case .answer(let input, let reply) = reply else { return .failure(.answeredTooLate) }
            switch reply {
            case .answer(let answer): answers.append((input.key, answer))
            case .error:
                guard let refusal = input.refusal else { return .failure(.notAnswered) }
                answers.append((input.key, refusal))
            case .ended: return .failure(.notAnswered)
            }
            if answers.count == count { break }
        }
        return .answers(answers)
    }
}

extension Question.Input {
    /// What an error means as an answer: a user who was asked has not agreed.
    ///
    /// Nil when it means nothing.
    fileprivate var refusal: JSONNode? {
        switch kind {
        case .form, .link: try? JSONDocument(parsing: Array(#"{"action":"cancel"}"#.utf8)).root
        case .sampling, .roots: nil
        }
    }
}
