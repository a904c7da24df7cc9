/// What was asked and answered on behalf of a call until now.
///
/// A call that asks is over, and begins again from the start with the answers, here or on another replica.
package struct Interaction: Hashable, Sendable {
    /// What the client can be asked.
    package var abilities: ClientAbilities
    /// The answers of all rounds, a JSON object by key; empty when there are none.
    package var answers: [UInt8]
    /// What the provider wanted to remember.
    package var memory: String?
    /// Whether the user agreed to the call as such; nil when nobody asked.
    package var consent: Bool?
    /// What the user said to the provider's own statements, in the order they were asked.
    package var agreements: [Agreement]
    /// The edition of the provider that asked; nil when none did.
    package var edition: String?

    package init(
        abilities: ClientAbilities = [],
        answers: [UInt8] = [],
        memory: String? = nil,
        consent: Bool? = nil,
        agreements: [Agreement] = [],
        edition: String? = nil
    ) {
        self.abilities = abilities
        self.answers = answers
        self.memory = memory
        self.consent = consent
        self.agreements = agreements
        self.edition = edition
    }

    /// The same with an answer: to a statement of the provider, or to the call as such when that is nil.
    package func answered(_ isGranted: Bool, to statement: Statement?) -> Interaction {
        var answered = self
        if let statement {
            answered.agreements.append(Agreement(statement, isGranted: isGranted))
        } else {
            answered.consent = isGranted
        }
        return answered
    }

    /// Whether the user was asked about a statement and answered.
    func knows(_ statement: Statement) -> Bool { agreements.contains { $0.statement == statement } }

    /// Whether anything the user agreed to is part of it.
    package var holdsConsent: Bool { consent == true || agreements.contains(where: \.isGranted) }

    /// The same for a provider of an edition: another one asked for nothing yet, so its call begins afresh.
    func known(to edition: String) -> Interaction {
        guard let asked = self.edition, asked != edition else { return self }
        return Interaction(abilities: abilities)
    }
}
