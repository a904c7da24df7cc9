package import JSON

/// A person's agreement to one call.
///
/// Never an argument, and never more than one call's.
enum Consent {
    /// The member of the form that means yes.
    static let member = "approve"

    /// What follows from a question: it is passed on, or the call is refused.
    enum Decision {
        case ask(Question)
        case refuse(GatewayError)
    }

    /// What follows when a call may only go on with the user's agreement, which is not there.
    static func decision(
        on name: String,
        _ arguments: ArraySlice<UInt8>,
        of principal: Principal,
        _ interaction: Interaction,
        _ edition: String
    ) -> Decision {
        if interaction.consent == false { return .refuse(.notAgreed) }
        guard canAgree(principal, interaction) else { return .refuse(.approvalRequired) }
        guard let text = ConsentText.text(of: name, arguments: arguments) else { return .refuse(.tooMuchToShow) }
        return .ask(question(text, nil, interaction, edition))
    }

    /// What follows from what a provider asks.
    static func decision(
        on question: ProviderQuestion,
        of principal: Principal,
        _ interaction: Interaction,
        _ edition: String
    ) -> Decision {
        switch question {
        case .inputs(let inputs, let memory):
            return .ask(Question(inputs: inputs, memory: memory, edition: edition, interaction: interaction))
        case .consent(let statement, let text):
            // Who has the answer and asks again does not look at it.
            if interaction.agreements.contains(where: { $0.statement == statement }) { return .refuse(.askedTwice) }
            guard canAgree(principal, interaction) else { return .refuse(.approvalRequired) }
            return .ask(self.question(text, statement, interaction, edition))
        }
    }

    /// Whether there is a person and a way to ask it: a program that called for itself would answer itself.
    private static func canAgree(_ principal: Principal, _ interaction: Interaction) -> Bool {
        interaction.abilities.contains(.form) && !principal.isProgram
    }

    private static func question(
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
