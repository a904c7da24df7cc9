/// Decides what a principal may see and call.
///
/// Pure: the same question always has the same answer.
package protocol PolicyDeciding: Sendable {
    func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision

    /// Whether the item's provider has the last word on a call that the decision lets pass.
    func leavesLastWord(on item: ItemReference) -> Bool

    /// What of all there is a principal sees: as long as it is the same, so is what `decision` shows.
    func visibility(for principal: Principal) -> Visibility
}

extension PolicyDeciding {
    /// Leaves nothing to anybody: for policies whose decisions are final.
    package func leavesLastWord(on item: ItemReference) -> Bool { false }
}

/// What may be done with one item.
package enum PolicyDecision: Hashable, Sendable {
    /// The item does not exist for this caller; the answer is that of an unknown name, to the byte.
    case hidden
    /// The operators have taken it out of service: lists leave it out, and who could see it is told so.
    case blocked
    /// It may be seen but not called, and no other token of the same person would help: a role is missing.
    case denied(missingRoles: [String])
    /// It may be seen, and called with a token that also has these scopes or a fresher login (RFC 6750 section 3.1).
    case challenge(StepUp)
    /// It may be called once a person has agreed.
    case needsConsent
    /// It may be called.
    case allowed

    /// Whether lists show the item.
    package var isVisible: Bool { self != .hidden && self != .blocked }

    /// Whether the caller may know of the item at all.
    package var isKnown: Bool { self != .hidden }
}

/// What a better token would need.
package struct StepUp: Hashable, Sendable {
    /// Every scope the call needs, sorted, the present ones too.
    package let scopes: [String]
    /// The greatest age of the login in seconds, when that is what is missing (RFC 9470).
    package let maximumAuthenticationAge: Int?

    package init(scopes: [String], maximumAuthenticationAge: Int? = nil) {
        self.scopes = scopes
        self.maximumAuthenticationAge = maximumAuthenticationAge
    }
}
