package import JSON

/// A person's agreement to one call.
///
/// Never an argument, and never more than one call's.
enum Consent {
    /// The member of the form that means yes.
    static let member = "approve"

    /// The question that has a client ask its user.
    static func question(
        _ text: String,
        _ statement: Statement?,
        _ interaction: Interaction,
        _ edition: String
    ) -> Question {
        Question(
            inputs: [input(text)],
            memory: interaction.memory,
            edition: edition,
            interaction: interaction,
            statement: statement
        )
    }

    /// The form that asks.
    private static func input(_ text: String) -> Question.Input {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                member: [
                    "type": "boolean", "title": "Allow", "description": "Whether this one call may go on.",
                    "default": false,
                ]
            ],
            "required": [.string(member)],
        ]
        let parameters: JSONValue = ["mode": "form", "message": .string(text), "requestedSchema": schema]
        return Question.Input(
            key: Question.consentKey,
            kind: .form(schema: schema.serialized),
            parameters: parameters.serialized
        )
    }
}

extension Question {
    /// Whether the user's answer to the question of consent means yes.
    package static func isConsent(_ answer: JSONNode) -> Bool {
        answer["action"]?.isString("accept") == true && answer["content"]?[Consent.member]?.bool == true
    }
}
