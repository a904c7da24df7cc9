package import GatewayCore
package import JSON

/// What a client says when it sends a request again (2026-07-28 basic, "Multi round-trip requests").
package struct InputAnswers: Sendable {
    /// The members of the parameters that are not part of the request itself.
    package static let members: Set<String> = ["inputResponses", "requestState", "_meta"]

    /// What the server gave it, unchanged if it is honest.
    package let state: String?
    /// An object by key; nil when there is none.
    package let answers: JSONNode?

    /// Reads the parameters of a request.
    /// - Throws: -32602 naming the member that is wrong.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        var state: String?
        var answers: JSONNode?
        guard let parameters else {
            (self.state, self.answers) = (nil, nil)
            return
        }
        for member in parameters.members where !member.value.isNull {
            if member.key.isString("requestState") {
                guard let text = member.value.string else {
                    throw ProtocolError(.invalidParameters, "params.requestState must be a string.")
                }
                state = text
            } else if member.key.isString("inputResponses") {
                guard member.value.kind == .object else {
                    throw ProtocolError(.invalidParameters, "params.inputResponses must be an object.")
                }
                answers = member.value
            }
        }
        self.state = state
        self.answers = answers
    }
}

extension Question.Input.Kind {
    /// Whether an answer has the shape of an answer to this; one that has not counts as none.
    package func accepts(_ answer: JSONNode) -> Bool {
        switch self {
        case .form(let schema):
            guard let isAccepted = Self.isAccepted(answer) else { return false }
            guard isAccepted else { return true }
            guard let content = answer["content"], content.kind == .object,
                let schema = try? JSONSchema(
                    compiling: JSONValue(parsing: schema),
                    options: JSONSchema.Options(nullCountsAsAbsent: true)
                )
            else { return false }
            return schema.violations(in: content, limit: 1).isEmpty
        case .link: return Self.isAccepted(answer) != nil
        case .sampling:
            guard let content = answer["content"] else { return false }
            return answer["role"]?.string != nil && (content.kind == .object || content.kind == .array)
        case .roots:
            guard let roots = answer["roots"], roots.kind == .array else { return false }
            return roots.elements.allSatisfy { $0["uri"]?.string != nil }
        }
    }

    /// Whether the user accepted; nil when the answer does not say.
    private static func isAccepted(_ answer: JSONNode) -> Bool? {
        switch answer["action"]?.string {
        case "accept": true
        case "decline", "cancel": false
        default: nil
        }
    }
}

extension Question.Input {
    /// The method of the request that asks.
    package var method: String {
        switch kind {
        case .form, .link: "elicitation/create"
        case .sampling: "sampling/createMessage"
        case .roots: "roots/list"
        }
    }
}
