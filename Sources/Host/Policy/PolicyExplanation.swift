package import GatewayCore

/// A decision, the rule it comes from and why: for operators.
package struct PolicyExplanation: Hashable, Sendable {
    package let decision: PolicyDecision
    /// The rule that counted, in the plugin's local words; nil when none matches.
    package let rule: AuthRule?
    /// What the site's own rules that counted are about.
    package let siteRules: [String]
    /// One or two sentences.
    package let reason: String

    package init(decision: PolicyDecision, rule: AuthRule?, siteRules: [String] = [], reason: String) {
        self.decision = decision
        self.rule = rule
        self.siteRules = siteRules
        self.reason = reason
    }

    static func reason(for decision: PolicyDecision, rule: EffectiveRule?, principal: Principal) -> String {
        guard let rule else { return "No rule matches, so nobody may." }
        switch decision {
        case .allowed where rule.isPublic: return "The rule is public."
        case .allowed: return "All that the rule asks for is there."
        case .needsConsent: return "All that the rule asks for is there; a person must agree to each call."
        case .denied(let roles): return "A role is missing: \(list(roles)). \(held(principal))"
        case .challenge(let stepUp): return challenged(stepUp, principal)
        case .hidden: return hidden(rule, principal)
        // Rules block nothing.
        case .blocked: return "The operators have blocked the item."
        }
    }

    private static func hidden(_ rule: EffectiveRule, _ principal: Principal) -> String {
        if rule.isClosed { return "The site has closed the item." }
        guard rule.rule.call != nil || rule.rule.isPublic else {
            return "The rule is public only, and this site forbids public items."
        }
        if principal.isAnonymous { return "Without a token only public items exist." }
        let missing = rule.missingRoles(of: principal)
        guard !missing.isEmpty else { return "What the rule asks for seeing the item is missing. \(held(principal))" }
        return "A role is missing: \(list(missing)). \(held(principal))"
    }

    private static func challenged(_ stepUp: StepUp, _ principal: Principal) -> String {
        guard let age = stepUp.maximumAuthenticationAge else {
            return "The token needs the scopes \(list(stepUp.scopes)). \(held(principal))"
        }
        return "The login must be at most \(age) seconds old. \(held(principal))"
    }

    private static func held(_ principal: Principal) -> String {
        "The caller has the roles \(list(principal.roles.sorted())) and the scopes \(list(principal.scopes.sorted()))."
    }

    private static func list(_ words: [String]) -> String {
        words.isEmpty ? "(none)" : words.joined(separator: ", ")
    }
}
