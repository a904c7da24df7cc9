/// What a call needs to know before it can go on.
package struct Question: Hashable, Sendable {
    /// One thing that the client, its user or its model is asked.
    package struct Input: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// The user fills in a form; the JSON Schema its content must fit.
            case form(schema: [UInt8])
            /// The user opens a link.
            case link
            case sampling
            case roots
        }

        /// The name of the answer, unique in the call.
        package let key: String
        package let kind: Kind
        /// The parameters of the request, a JSON object.
        package let parameters: [UInt8]
        /// Whether a field of the form takes several choices, which not all clients know.
        package let hasManyChoices: Bool

        package init(key: String, kind: Kind, parameters: [UInt8], hasManyChoices: Bool = false) {
            self.key = key
            self.kind = kind
            self.parameters = parameters
            self.hasManyChoices = hasManyChoices
        }

        /// What a client must be able to do.
        package var ability: ClientAbilities {
            switch kind {
            case .form: hasManyChoices ? [.form, .manyChoices] : .form
            case .link: .link
            case .sampling: .sampling
            case .roots: .roots
            }
        }
    }

    /// What is asked, at once.
    package let inputs: [Input]
    /// What the provider wants to remember until the answers are there.
    package let memory: String?
    /// The edition of the provider that asks.
    package let edition: String
    /// What was said before.
    package let interaction: Interaction
    /// What the answer to the question of consent agrees to; nil for the call as such.
    package let statement: Statement?

    package init(
        inputs: [Input],
        memory: String?,
        edition: String,
        interaction: Interaction,
        statement: Statement? = nil
    ) {
        self.inputs = inputs
        self.memory = memory
        self.edition = edition
        self.interaction = interaction
        self.statement = statement
    }

    /// What the client cannot do but must.
    package var missing: ClientAbilities {
        inputs.reduce(into: ClientAbilities()) { $0.formUnion($1.ability) }.subtracting(interaction.abilities)
    }

    /// The key of the gateway's own question, whether the user agrees to the call.
    package static let consentKey = "beamline_consent"

    /// The key of the gateway's own question, to open a page of its own.
    package static let linkKey = "beamline_link"
}

/// What a provider asks.
package enum ProviderQuestion: Hashable, Sendable {
    case inputs([Question.Input], memory: String?)
    /// The user's agreement to a statement; the text is what is shown.
    case consent(Statement, text: String)
}
