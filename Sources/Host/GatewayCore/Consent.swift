package import JSON

/// A person's agreement to one call.
///
/// Never an argument, and never more than one call's.
enum Consent {
    /// The member of the form that means yes.
    static let member = "approve"
    /// How many characters of the arguments are shown.
    private static let shownArguments = 2000

    /// What a user is asked about a call.
    static func text(of name: String, arguments: ArraySlice<UInt8>) -> String {
        let shown = String(decoding: arguments, as: UTF8.self).unicodeScalars.prefix(shownArguments + 1)
        var plain = String.UnicodeScalarView()
        // What would hide or reorder the words around it is left out.
        plain.append(contentsOf: shown.prefix(shownArguments).filter { !$0.isHidden })
        if shown.count > shownArguments { plain.append("…") }
        return "Allow \(name) to start, change or end something, with \(String(plain))?"
    }

    /// What follows from a question: it is passed on, or the call is refused.
    enum Decision {
        case ask(Question)
        case refuse(GatewayError)
    }

    /// What follows when a call may only go on with a consent that is not there.
    static func decision(_ interaction: Interaction, _ text: String, _ edition: String) -> Decision {
        if interaction.consent == false { return .refuse(.notAgreed) }
        guard interaction.abilities.contains(.form) else { return .refuse(.approvalRequired) }
        return .ask(
            Question(inputs: [input(text)], memory: interaction.memory, edition: edition, interaction: interaction)
        )
    }

    /// What follows from what a provider asks.
    static func decision(
        on question: ProviderQuestion,
        _ interaction: Interaction,
        _ edition: String
    ) -> Decision {
        switch question {
        // Who has it and asks again does not look at it.
        case .consent where interaction.consent == true: .refuse(.askedTwice)
        case .consent(let text): decision(interaction, text, edition)
        case .inputs(let inputs, let memory):
            .ask(Question(inputs: inputs, memory: memory, edition: edition, interaction: interaction))
        }
    }

    /// The form that asks.
    static func input(_ text: String) -> Question.Input {
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

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
        default: false
        }
    }
}
