/// What a plugin says its items need, in its own local words (`user`, `read`).
package struct AuthDeclaration: Hashable, Sendable {
    /// Role → what it means, for people.
    package var roles: [String: String]
    /// Scope → what it allows, for people.
    package var scopes: [String: String]
    /// Scope → the scopes it includes.
    package var implies: [String: [String]]
    package var rules: [AuthRule]

    package init(
        roles: [String: String] = [:],
        scopes: [String: String] = [:],
        implies: [String: [String]] = [:],
        rules: [AuthRule] = []
    ) {
        self.roles = roles
        self.scopes = scopes
        self.implies = implies
        self.rules = rules
    }
}

/// What the items a pattern matches need.
///
/// The most specific rule wins whole: exact name, then the longest pattern.
package struct AuthRule: Hashable, Sendable {
    /// A local name, or a pattern in which `*` stands for any characters.
    package var match: String
    /// The kind of item the rule is about; nil for all.
    package var kind: ItemReference.Kind?
    /// What seeing needs; nil means the roles that calling needs.
    package var see: AuthNeed?
    package var call: AuthNeed?
    /// No token needed.
    package var isPublic: Bool
    /// Whether the plugin is asked too, and may refuse (never allow) a call.
    package var isNarrowed: Bool
    /// Whether a person must agree before the call.
    package var needsConsent: Bool

    package init(
        match: String,
        kind: ItemReference.Kind? = nil,
        see: AuthNeed? = nil,
        call: AuthNeed? = nil,
        isPublic: Bool = false,
        isNarrowed: Bool = false,
        needsConsent: Bool = false
    ) {
        self.match = match
        self.kind = kind
        self.see = see
        self.call = call
        self.isPublic = isPublic
        self.isNarrowed = isNarrowed
        self.needsConsent = needsConsent
    }
}

/// Roles, scopes and freshness of login, all of which must hold.
package struct AuthNeed: Hashable, Sendable {
    /// At least one of these, unless empty.
    package var anyRole: [String]
    package var allRoles: [String]
    package var scopes: [String]
    /// The greatest age of the login, in seconds.
    package var maximumAuthenticationAge: Int?

    package init(
        anyRole: [String] = [],
        allRoles: [String] = [],
        scopes: [String] = [],
        maximumAuthenticationAge: Int? = nil
    ) {
        self.anyRole = anyRole
        self.allRoles = allRoles
        self.scopes = scopes
        self.maximumAuthenticationAge = maximumAuthenticationAge
    }
}
