/// Decides whether a caller is asked for a better token, or told that asking would lead nowhere.
package struct StepUpDesk: Sendable {
    private let counter: ChallengeCounter
    private let logins: (any LoginDemanding)?

    /// Nobody remembers who must log in anew where `logins` is nil.
    package init(counter: ChallengeCounter = ChallengeCounter(), logins: (any LoginDemanding)? = nil) {
        self.counter = counter
        self.logins = logins
    }

    enum Answer {
        case challenge(StepUp)
        case refuse(GatewayError)
    }

    /// What a caller is answered whose token is good, and not good enough for an item.
    func answer(to stepUp: StepUp, of principal: Principal, for item: ItemReference) async -> Answer {
        if stepUp.maximumAuthenticationAge != nil, principal.isProgram { return .refuse(.noPersonToLogIn) }
        guard counter.allows(principal, item) else { return .refuse(.challengedInVain(stepUp)) }
        if let age = stepUp.maximumAuthenticationAge { await logins?.demand(loginOf: principal, within: age) }
        return .challenge(stepUp)
    }
}

/// Remembers that somebody must log in anew before they get another token: few clients pass on the age that a challenge
/// names (RFC 9470 section 4).
package protocol LoginDemanding: Sendable {
    /// The next login of the principal through its client must be at most so many seconds old.
    func demand(loginOf principal: Principal, within maximumAge: Int) async
}
