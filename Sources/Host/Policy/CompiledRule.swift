import GatewayCore

/// One rule, ready to be asked.
struct CompiledRule: Sendable {
    let declared: AuthRule
    /// Whether no token is needed; false on a site that forbids it.
    let isPublic: Bool
    let call: CompiledNeed?
    private let see: CompiledNeed?

    init(_ rule: AuthRule, namespace: String, hierarchy: ScopeHierarchy, options: PolicyOptions) {
        declared = rule
        isPublic = rule.isPublic && !options.forbidsPublic
        call = rule.call.map { CompiledNeed($0, namespace: namespace, hierarchy: hierarchy) }
        see = rule.see.map { CompiledNeed($0, namespace: namespace, hierarchy: hierarchy) }
    }

    private var granted: PolicyDecision { declared.needsConsent ? .needsConsent : .allowed }

    /// Whether the rule's items exist for the principal: whether `decision` is another one than `hidden`.
    func shows(to principal: Principal, clock: any WallClock) -> Bool {
        if isPublic { return true }
        guard let call, !principal.isAnonymous else { return false }
        guard let see else { return call.hasRoles(principal.roles) }
        return call.holds(for: principal, clock: clock) || see.holds(for: principal, clock: clock)
    }

    /// What may be done, where who may call may also see.
    func decision(for principal: Principal, clock: any WallClock) -> PolicyDecision {
        if isPublic { return granted }
        guard let call, !principal.isAnonymous else { return .hidden }
        if call.holds(for: principal, clock: clock) { return granted }
        let hasRoles = call.hasRoles(principal.roles)
        // Without a `see` only roles hide: a client cures a missing scope or an old login only of what it knows of.
        guard see?.holds(for: principal, clock: clock) ?? hasRoles else { return .hidden }
        guard hasRoles else { return .denied(missingRoles: call.missingRoles(principal.roles)) }
        return .challenge(call.stepUp(for: principal, clock: clock))
    }
}
