package import GatewayCore

/// What the site says about the items of a namespace, over what its plugin says; in outside words (`epic.operator`).
///
/// A rule that tightens is asked beside the plugin's own and beside every other that tightens: what is called must hold
/// for all of them. A rule that widens stands in the place of the plugin's, where it says so.
package struct SiteRule: Hashable, Sendable {
    package let namespace: String
    /// A local name, or a pattern in which `*` stands for any characters.
    package let match: String
    /// The kind of item the rule is about; nil for all.
    package let kind: ItemReference.Kind?
    /// What seeing needs, and so calling.
    package let see: AuthNeed?
    package let call: AuthNeed?
    /// Whether a person must agree before the call; nil leaves it to the plugin.
    package let needsConsent: Bool?
    /// Whether the items exist for nobody.
    package let isClosed: Bool
    /// Whether the rule stands in the place of the plugin's.
    package let widens: Bool
    /// No token needed; only of a rule that widens.
    package let isPublic: Bool

    package init(
        namespace: String,
        match: String,
        kind: ItemReference.Kind? = nil,
        see: AuthNeed? = nil,
        call: AuthNeed? = nil,
        needsConsent: Bool? = nil,
        isClosed: Bool = false,
        widens: Bool = false,
        isPublic: Bool = false
    ) {
        self.namespace = namespace
        self.match = match
        self.kind = kind
        self.see = see
        self.call = call
        self.needsConsent = needsConsent
        self.isClosed = isClosed
        self.widens = widens
        self.isPublic = isPublic
    }

    /// What cannot be meant; nil when there is nothing.
    package var fault: String? {
        if match.isEmpty || match.utf8.count > AuthDeclarationCheck.longestMatch
            || !match.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            return "match must name an item or a pattern with '*', in printable ASCII characters and no space"
        }
        for need in [see, call] {
            if let age = need?.maximumAuthenticationAge, age <= 0 { return "auth_age must be a positive time" }
        }
        guard widens else {
            if isPublic { return "public makes items wider; say so with widen: true" }
            if needsConsent == false { return "consent: false makes items wider; say so with widen: true" }
            let saysNothing = see == nil && call == nil && needsConsent == nil && !isClosed
            return saysNothing ? "say what is tightened: see, call, consent or closed" : nil
        }
        if isClosed { return "a rule that widens closes nothing; leave out one of the two" }
        return call == nil && !isPublic ? "a rule that widens says what calling needs with call, or public: true" : nil
    }
}
