import GatewayCore

/// All that counts for one item: the plugin's rule, or the site's in its place, and what the site tightens.
struct EffectiveRule: Sendable {
    let rule: CompiledRule
    /// The plugin's rule, also where the site's stands in its place; nil when it has none.
    let plugins: CompiledRule?
    let tightenings: [CompiledTightening]

    var isNarrowed: Bool { plugins?.declared.isNarrowed == true }

    var needsConsent: Bool {
        rule.declared.needsConsent || tightenings.contains { $0.declared.needsConsent == true }
    }

    /// Whether no token is needed: what the site asks for needs one.
    var isPublic: Bool { rule.isPublic && tightenings.allSatisfy { $0.call == nil && $0.see == nil } }

    /// What calling needs, all of it; empty where nobody may call.
    private var needs: [CompiledNeed] {
        // A public item that the site tightens asks for what the site says, of anybody with a token.
        guard let call = rule.call else { return rule.isPublic ? tightened : [] }
        return [call] + tightened
    }

    private var tightened: [CompiledNeed] { tightenings.flatMap { [$0.call, $0.see].compactMap(\.self) } }

    var isClosed: Bool { tightenings.contains { $0.declared.isClosed } }

    /// What the site's rules that count are about.
    var matches: [String] {
        (rule.isOfSite ? [rule.declared.match] : []) + tightenings.map(\.declared.match)
    }

    /// What may be done, where who may call may also see.
    func decision(for principal: Principal, clock: any WallClock) -> PolicyDecision {
        guard !isClosed else { return .hidden }
        let granted: PolicyDecision = needsConsent ? .needsConsent : .allowed
        if isPublic { return granted }
        let needs = needs
        guard !needs.isEmpty, !principal.isAnonymous else { return .hidden }
        if needs.allSatisfy({ $0.holds(for: principal, clock: clock) }) { return granted }
        let hasRoles = needs.allSatisfy { $0.hasRoles(principal.roles) }
        // Without a `see` only roles hide: a client cures a missing scope or an old login only of what it knows of.
        guard rule.see?.holds(for: principal, clock: clock) ?? hasRoles,
            tightenings.allSatisfy({ $0.see?.holds(for: principal, clock: clock) ?? true })
        else { return .hidden }
        guard hasRoles else { return .denied(missingRoles: missingRoles(of: principal)) }
        return .challenge(stepUp(for: principal, clock: clock))
    }

    /// The roles that would help.
    func missingRoles(of principal: Principal) -> [String] {
        needs.reduce(into: []) { roles, need in
            // A need that holds misses nothing, though its list of alternatives has words that are not there.
            guard !need.hasRoles(principal.roles) else { return }
            for role in need.missingRoles(principal.roles) where !roles.contains(role) { roles.append(role) }
        }
    }

    /// What a better token would need: all scopes of the call, and the least age only when the login is too old.
    private func stepUp(for principal: Principal, clock: any WallClock) -> StepUp {
        StepUp(
            scopes: Set(needs.flatMap(\.scopes)).sorted(),
            maximumAuthenticationAge: needs.compactMap { $0.missedAge(of: principal, clock: clock) }.min()
        )
    }
}
