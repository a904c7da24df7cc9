/// `policy`: what the site says over all plugins.
package struct PolicySettings: Hashable, Sendable {
    /// Whether rules that say `public: true` are refused.
    package var forbidsPublic = false
    /// What it says over single rules of plugins.
    package var rules: [SiteRuleSettings] = []
    /// A file of what must be allowed and what must not; nil for none.
    package var tests: String?
    var place = ConfigurationPlace.nowhere
}

/// One of `policy.rules`: what the site says about some items.
package struct SiteRuleSettings: Hashable, Sendable {
    /// What a rule is about.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case all, tool, resource, prompt
    }

    package var namespace = ""
    /// A local name, or a pattern in which `*` stands for any characters.
    package var match = ""
    package var kind = Kind.all
    package var see: NeedSettings?
    package var call: NeedSettings?
    /// Nil leaves it to the plugin.
    package var needsConsent: Bool?
    package var isClosed = false
    package var widens = false
    package var isPublic = false
    package var place: ConfigurationPlace
}

/// `see` and `call` of a rule: what somebody must have, all of it.
package struct NeedSettings: Hashable, Sendable {
    /// At least one of these, unless empty.
    package var anyRole: [String] = []
    package var allRoles: [String] = []
    package var scopes: [String] = []
    /// The greatest age of the login; nil for any.
    package var authenticationAge: Duration?
}
