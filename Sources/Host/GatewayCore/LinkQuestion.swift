import JSON

/// Has a person open a page of the gateway, so that a source can do something for them.
enum LinkQuestion {
    /// The question; nil when it was asked before in this call, or the client or the person cannot do anything.
    static func question(
        about refusal: CredentialRefusal,
        _ interaction: Interaction,
        edition: String
    ) -> Question? {
        guard let page = refusal.page, interaction.abilities.contains(.link), !wasAsked(interaction) else { return nil }
        let parameters: JSONValue = [
            "mode": "url", "message": .string(refusal.sentence + " Open the page to mend that."), "url": .string(page),
        ]
        return Question(
            inputs: [Question.Input(key: Question.linkKey, kind: .link, parameters: parameters.serialized)],
            memory: interaction.memory,
            edition: edition,
            interaction: interaction
        )
    }

    private static func wasAsked(_ interaction: Interaction) -> Bool {
        guard !interaction.answers.isEmpty, let answers = try? JSONDocument(parsing: interaction.answers) else {
            return false
        }
        return answers.root[Question.linkKey] != nil
    }
}
