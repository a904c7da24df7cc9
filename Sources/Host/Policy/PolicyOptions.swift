/// What the site decides for all namespaces.
package struct PolicyOptions: Hashable, Sendable {
    /// Whether `public` in a rule counts for nothing: the rule's `call` decides, and without one nobody may.
    package var forbidsPublic: Bool
    /// What the site says over the plugins' rules.
    package var siteRules: [SiteRule]
    /// The roles that the site gives to somebody, beside those that plugins declare.
    package var givenRoles: Set<String>

    package init(forbidsPublic: Bool = false, siteRules: [SiteRule] = [], givenRoles: Set<String> = []) {
        self.forbidsPublic = forbidsPublic
        self.siteRules = siteRules
        self.givenRoles = givenRoles
    }
}
