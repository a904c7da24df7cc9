package import JSON

/// Has people agree to calls on a page of the gateway, where their client cannot ask them.
///
/// What is asked and said is bound to the caller, the item and the arguments, so that the same call finds it when it
/// comes again; nothing in the call itself counts.
package protocol CallConsenting: Sendable {
    /// What a person said to a call; an agreement is good for the one caller who hears of it.
    func answer(to call: ConsentSubject) async -> ConsentAnswer

    /// Asks a person about a call, unless the same is being asked already.
    func ask(_ question: ConsentPage) async -> ConsentPlace
}

/// The call that a person is asked about.
package struct ConsentSubject: Sendable {
    package let requestID: RequestID
    package let principal: Principal
    package let item: ItemReference
    /// What the call names: for a resource its local URI, also when rules are about its template.
    package let name: String
    /// Nil for a call without arguments.
    package let arguments: JSONNode?

    package init(
        requestID: RequestID,
        principal: Principal,
        item: ItemReference,
        name: String,
        arguments: JSONNode?
    ) {
        self.requestID = requestID
        self.principal = principal
        self.item = item
        self.name = name
        self.arguments = arguments
    }

    /// Whether the site itself has agreed to every call of the tool by this caller.
    var isAgreedBySite: Bool { item.kind == .tool && principal.consentedTools.contains(item.outsideName) }
}

/// What a page shows, and what an agreement is to.
package struct ConsentPage: Sendable {
    package let subject: ConsentSubject
    package let sheet: ConsentSheet
    /// The provider's own words; nil for the call as such.
    package let statement: Statement?
    /// What was said before.
    package let interaction: Interaction

    package init(
        subject: ConsentSubject,
        sheet: ConsentSheet,
        statement: Statement?,
        interaction: Interaction
    ) {
        self.subject = subject
        self.sheet = sheet
        self.statement = statement
        self.interaction = interaction
    }
}

/// What is known of a person's answer.
package enum ConsentAnswer: Hashable, Sendable {
    /// All that was said, this answer included.
    case said(Interaction)
    /// Nobody said anything, or it was used up.
    case nothing
    /// It cannot be told now.
    case unavailable
}

/// Where a person is asked.
package enum ConsentPlace: Hashable, Sendable {
    case page(url: String)
    /// Nobody could show that they are the caller: they have no login here.
    case nobody
    /// As many calls of the caller, or of all, wait for an answer as may.
    case tooMany
    case unavailable
}
