/// Finds out whether somebody agrees to what a call does.
///
/// A client that can asks its user. For another one the question waits on a page of the gateway, until the same call
/// comes again. Where no person is behind a caller, only the site can have agreed beforehand.
struct ConsentDesk: Sendable {
    /// The pages; nil where nobody logs in at the gateway.
    let pages: (any CallConsenting)?
    /// How often one call may ask and begin again with an answer that was there already.
    let rounds: Int
    /// What calls missed to have something done for their callers; nil where no source acts for callers.
    var needs: CredentialNeeds?

    /// How a call that may need an agreement ended.
    enum Settled<Reply> {
        /// The provider's last word, which asks nothing.
        case answered(Reply)
        case ask(Question)
        case refuse(GatewayError)
    }

    /// Makes a call, once there is the agreement that it needs, and settles what its provider asks.
    ///
    /// `name` is what the call is named to whoever must agree to it as such; nil when nobody must. One that may be
    /// repeated begins again once its caller has mended what a source missed.
    func settle<Reply>(
        _ subject: ConsentSubject,
        shownAs name: String?,
        _ interaction: Interaction,
        edition: String,
        asks question: (Reply) -> ProviderQuestion?,
        mayRepeat: Bool,
        fails: (Reply) -> Bool,
        call: (Interaction) async -> Reply
    ) async -> Settled<Reply> {
        var interaction = interaction.known(to: edition)
        if let name {
            switch await beforeCall(subject, shownAs: name, interaction, edition) {
            case .go(let known): interaction = known
            case .ask(let question): return .ask(question)
            case .refuse(let error): return .refuse(error)
            }
        }
        for _ in 0..<rounds {
            let reply = await call(interaction)
            if let needs, let missed = needs.take(subject.requestID), fails(reply) {
                // Whatever the plugin made of it: only the gateway knows the way out.
                let question = mayRepeat ? LinkQuestion.question(about: missed, interaction, edition: edition) : nil
                return question.map(Settled.ask) ?? .refuse(missed.error)
            }
            guard let asked = question(reply) else { return .answered(reply) }
            switch await duringCall(subject, asks: asked, interaction, edition) {
            // Answered before: the call begins again with that.
            case .go(let known): interaction = known
            case .ask(let question): return .ask(question)
            case .refuse(let error): return .refuse(error)
            }
        }
        return .refuse(.asksTooOften)
    }

    private enum Decision {
        case go(Interaction)
        case ask(Question)
        case refuse(GatewayError)
    }

    /// What follows when a call may only go on with somebody's agreement to it as such.
    private func beforeCall(
        _ subject: ConsentSubject,
        shownAs name: String,
        _ interaction: Interaction,
        _ edition: String
    ) async -> Decision {
        if let consent = interaction.consent { return consent ? .go(interaction) : .refuse(.notAgreed) }
        if let refusal = refusal(of: subject) { return .refuse(refusal) }
        guard !subject.isAgreedBySite else { return .go(interaction.answered(true, to: nil)) }
        let known: Interaction
        switch await earlierAnswer(to: subject, interaction, edition) {
        case .known(let interaction): known = interaction
        case .refuse(let error): return .refuse(error)
        }
        if let consent = known.consent { return consent ? .go(known) : .refuse(.refusedOnPage) }
        let question = ConsentText.question(about: name)
        guard let sheet = ConsentText.sheet(question, arguments: subject.arguments) else {
            return .refuse(.tooMuchToShow)
        }
        guard !interaction.abilities.contains(.form) else {
            return .ask(Consent.question(sheet.text, nil, interaction, edition))
        }
        return await onPage(subject, sheet, nil, known, edition)
    }

    /// What follows from what a provider asks.
    private func duringCall(
        _ subject: ConsentSubject,
        asks question: ProviderQuestion,
        _ interaction: Interaction,
        _ edition: String
    ) async -> Decision {
        let (statement, text): (Statement, String)
        switch question {
        case .inputs(let inputs, let memory):
            return .ask(Question(inputs: inputs, memory: memory, edition: edition, interaction: interaction))
        case .consent(let asked, let shown): (statement, text) = (asked, shown)
        }
        // Who has the answer and asks again does not look at it.
        guard !interaction.knows(statement) else { return .refuse(.askedTwice) }
        if let refusal = refusal(of: subject) { return .refuse(refusal) }
        guard !subject.isAgreedBySite else { return .go(interaction.answered(true, to: statement)) }
        guard !interaction.abilities.contains(.form) else {
            return .ask(Consent.question(text, statement, interaction, edition))
        }
        let known: Interaction
        switch await earlierAnswer(to: subject, interaction, edition) {
        case .known(let interaction): known = interaction
        case .refuse(let error): return .refuse(error)
        }
        guard !known.knows(statement) else { return .go(known) }
        guard let sheet = ConsentText.sheet(text, arguments: subject.arguments) else { return .refuse(.tooMuchToShow) }
        return await onPage(subject, sheet, statement, known, edition)
    }

    /// A program that called for itself would answer itself.
    private func refusal(of subject: ConsentSubject) -> GatewayError? {
        subject.principal.isProgram && !subject.isAgreedBySite ? .noPersonToAgree : nil
    }

    private enum Earlier {
        case known(Interaction)
        case refuse(GatewayError)
    }

    /// What was said on the page when the same call came before; what there is when nothing was.
    private func earlierAnswer(
        to subject: ConsentSubject,
        _ interaction: Interaction,
        _ edition: String
    ) async -> Earlier {
        guard let pages, !interaction.abilities.contains(.form) else { return .known(interaction) }
        switch await pages.answer(to: subject) {
        case .nothing: return .known(interaction)
        case .unavailable: return .refuse(.cannotRemember)
        case .said(var said):
            said.abilities = interaction.abilities
            return .known(said.known(to: edition))
        }
    }

    private func onPage(
        _ subject: ConsentSubject,
        _ sheet: ConsentSheet,
        _ statement: Statement?,
        _ interaction: Interaction,
        _ edition: String
    ) async -> Decision {
        guard let pages, !subject.principal.isAnonymous else { return .refuse(.approvalRequired) }
        var interaction = interaction
        interaction.edition = edition
        let page = ConsentPage(subject: subject, sheet: sheet, statement: statement, interaction: interaction)
        switch await pages.ask(page) {
        case .page(let url): return .refuse(.approvalRequired(at: url))
        case .nobody: return .refuse(.approvalRequired)
        case .tooMany: return .refuse(.tooManyToApprove)
        case .unavailable: return .refuse(.cannotRemember)
        }
    }
}
