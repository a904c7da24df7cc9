package import GatewayCore

/// A question to the policy with the answer it must give.
package struct PolicyTest: Hashable, Sendable {
    /// What must come of a call.
    package enum Expectation: String, Hashable, Sendable {
        case allowed, denied, consent, role, scope, login, hidden
    }

    package let item: ItemReference
    /// Whether the item asks for a person's agreement by itself, whatever its rule says.
    package let isDestructive: Bool
    package let principal: Principal
    package let expectation: Expectation

    package init(item: ItemReference, isDestructive: Bool, principal: Principal, expectation: Expectation) {
        self.item = item
        self.isDestructive = isDestructive
        self.principal = principal
        self.expectation = expectation
    }

    /// What is wrong, one or two sentences; nil when the policy answers as it must.
    package func failure(under policy: PolicyEvaluator) -> String? {
        let explanation = policy.explain(item, for: principal)
        let found = Self.word(for: explanation.decision, isDestructive: isDestructive)
        let isRight = expectation == .denied ? ![.allowed, .consent].contains(found) : found == expectation
        guard !isRight else { return nil }
        let rules = (explanation.rule.map { [$0.match] } ?? []) + explanation.siteRules
        let by = rules.isEmpty ? "" : " Rules: \(Set(rules).sorted().joined(separator: ", "))."
        return "\(item.outsideName) is \(Self.meaning(found)), and should be \(Self.meaning(expectation))."
            + " \(explanation.reason)\(by)"
    }

    private static func word(for decision: PolicyDecision, isDestructive: Bool) -> Expectation {
        switch decision {
        case .allowed: isDestructive ? .consent : .allowed
        case .needsConsent: .consent
        case .denied: .role
        case .challenge(let stepUp): stepUp.maximumAuthenticationAge == nil ? .scope : .login
        case .hidden, .blocked: .hidden
        }
    }

    private static func meaning(_ expectation: Expectation) -> String {
        switch expectation {
        case .allowed: "allowed"
        case .denied: "denied"
        case .consent: "allowed once a person agrees (consent)"
        case .role: "denied for a role (role)"
        case .scope: "asking for more scopes (scope)"
        case .login: "asking for a more recent login (login)"
        case .hidden: "hidden"
        }
    }
}
