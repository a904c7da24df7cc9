/// What was asked and answered on behalf of a call until now.
///
/// A call that asks begins again from the start with the answers, here or on another replica. So nothing waits meanwhile.
package struct Interaction: Hashable, Sendable {
    /// What the client can be asked.
    package var abilities: ClientAbilities
    /// The answers of all rounds, a JSON object by key; empty when there are none.
    package var answers: [UInt8]
    /// What the provider wanted to remember.
    package var memory: String?
    /// Whether the user agreed to the call; nil when nobody asked.
    package var consent: Bool?
    /// The edition of the provider that asked; nil when none did.
    package var edition: String?

    package init(
        abilities: ClientAbilities = [],
        answers: [UInt8] = [],
        memory: String? = nil,
        consent: Bool? = nil,
        edition: String? = nil
    ) {
        self.abilities = abilities
        self.answers = answers
        self.memory = memory
        self.consent = consent
        self.edition = edition
    }

    /// The same for a provider of an edition: another one asked for nothing yet, so its call begins afresh.
    func known(to edition: String) -> Interaction {
        guard let asked = self.edition, asked != edition else { return self }
        return Interaction(abilities: abilities)
    }
}
