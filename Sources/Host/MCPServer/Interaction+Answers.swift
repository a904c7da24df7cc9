import GatewayCore
import JSON
import MCPModel

extension Interaction {
    /// The same with the answers to what was asked.
    ///
    /// An answer nobody asked for, or of another shape than asked for, is left out: what is missing is asked again.
    /// - Throws: -32602 when all answers together are larger than `limit` bytes.
    func answered(
        _ asked: [String: Question.Input.Kind],
        agreeingTo statement: Statement?,
        by answers: [(key: String, answer: JSONNode)],
        limit: Int
    ) throws(ProtocolError) -> Interaction {
        let wanted = answers.filter { asked[$0.key] != nil }
        // Before anything is looked into.
        guard wanted.reduce(self.answers.count, { $0 + $1.answer.bytes.count }) <= limit else {
            throw Self.tooLarge(limit)
        }
        var result = self
        var writer = JSONWriter(capacity: self.answers.count + 256)
        writer.beginObject()
        var known: Set<String> = []
        if !self.answers.isEmpty, let before = try? JSONDocument(parsing: self.answers, limits: .answer).root {
            for member in before.members {
                known.insert(member.name)
                writer.name(member.name)
                writer.writeRaw(member.value.bytes)
            }
        }
        for (key, answer) in wanted {
            guard let kind = asked[key], kind.accepts(answer) else { continue }
            if key == Question.consentKey {
                result = result.answered(Question.isConsent(answer), to: statement)
            } else if known.insert(key).inserted {
                writer.name(key)
                writer.writeRaw(answer.bytes)
            }
        }
        writer.endObject()
        guard writer.bytes.count <= limit else { throw Self.tooLarge(limit) }
        result.answers = known.isEmpty ? [] : writer.bytes
        return result
    }

    private static func tooLarge(_ limit: Int) -> ProtocolError {
        ProtocolError(.invalidParameters, "The answers to one call hold at most \(limit) bytes together.")
    }
}
