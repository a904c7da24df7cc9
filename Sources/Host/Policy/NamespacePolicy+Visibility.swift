import GatewayCore

extension NamespacePolicy {
    /// What of the rules decides which of the namespace's items a principal sees: as long as it is the same, so are the
    /// items.
    func shown(to principal: Principal, clock: any WallClock) -> [Bool] {
        guard !(widenings.isEmpty && tightenings.isEmpty) else {
            return rules.map { rule in
                EffectiveRule(rule: rule, plugins: rule, tightenings: []).decision(for: principal, clock: clock)
                    .isVisible
            }
        }
        // Rules of both sides meet at each item in their own way, so each part that may matter counts.
        let parts = (rules + widenings).flatMap { [$0.call, $0.see] } + tightenings.flatMap { [$0.call, $0.see] }
        return [principal.isAnonymous]
            + parts.flatMap { need in
                need.map { [$0.hasRoles(principal.roles), $0.holds(for: principal, clock: clock)] } ?? []
            }
    }
}
