import GatewayCore

/// One rule of a plugin, or of the site in its place, ready to be asked.
struct CompiledRule: Sendable {
    let declared: AuthRule
    /// Whether no token is needed; false on a site that forbids it.
    let isPublic: Bool
    let call: CompiledNeed?
    let see: CompiledNeed?
    /// Whether the site says it; then `declared` is in outside words.
    let isOfSite: Bool

    init(_ rule: AuthRule, namespace: String, hierarchy: ScopeHierarchy, options: PolicyOptions) {
        declared = rule
        isPublic = rule.isPublic && !options.forbidsPublic
        call = rule.call.map { CompiledNeed($0, namespace: namespace, hierarchy: hierarchy) }
        see = rule.see.map { CompiledNeed($0, namespace: namespace, hierarchy: hierarchy) }
        isOfSite = false
    }

    init(_ rule: SiteRule, hierarchy: ScopeHierarchy) {
        declared = AuthRule(
            match: rule.match,
            kind: rule.kind,
            see: rule.see,
            call: rule.call,
            isPublic: rule.isPublic,
            needsConsent: rule.needsConsent ?? false
        )
        isPublic = rule.isPublic
        call = rule.call.map { CompiledNeed(outside: $0, namespace: rule.namespace, hierarchy: hierarchy) }
        see = rule.see.map { CompiledNeed(outside: $0, namespace: rule.namespace, hierarchy: hierarchy) }
        isOfSite = true
    }
}

/// A rule of the site that tightens, ready to be asked.
struct CompiledTightening: Sendable {
    let declared: SiteRule
    let pattern: NamePattern
    let call: CompiledNeed?
    let see: CompiledNeed?

    init(_ rule: SiteRule, hierarchy: ScopeHierarchy) {
        declared = rule
        pattern = NamePattern(rule.match)
        call = rule.call.map { CompiledNeed(outside: $0, namespace: rule.namespace, hierarchy: hierarchy) }
        see = rule.see.map { CompiledNeed(outside: $0, namespace: rule.namespace, hierarchy: hierarchy) }
    }

    func isAbout(_ kind: ItemReference.Kind, _ name: String) -> Bool {
        (declared.kind == nil || declared.kind == kind) && pattern.matches(name)
    }
}
