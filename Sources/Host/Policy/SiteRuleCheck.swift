import GatewayCore

/// Checks the site's rules against what plugins declare; finds all problems at once.
enum SiteRuleCheck {
    /// All problems, each with the place of its rule; of rules about namespaces without a plugin there are none.
    static func problems(
        in options: PolicyOptions,
        _ declarations: [String: AuthDeclaration]
    ) -> [PolicyError.Problem] {
        options.siteRules.enumerated().flatMap { index, rule -> [PolicyError.Problem] in
            guard let declaration = declarations[rule.namespace] else { return [] }
            var messages: [(String, String)] = rule.fault.map { [("", $0)] } ?? []
            if rule.isPublic, options.forbidsPublic {
                messages.append((".public", "forbid_public closes every public item; leave out one of the two"))
            }
            for (key, need) in [("see", rule.see), ("call", rule.call)] {
                guard let need else { continue }
                messages += need.scopes.filter { !isDeclared(scope: $0, declaration, rule.namespace) }.map {
                    (".\(key).scopes", "the plugin does not declare the scope '\($0)'")
                }
                messages += (need.anyRole + need.allRoles)
                    .filter { !isKnown(role: $0, declarations, options) }
                    .map { (".\(key)", "no plugin declares the role '\($0)', and the site gives it to nobody") }
            }
            return messages.map { place, message in
                PolicyError.Problem(
                    namespace: rule.namespace,
                    problem: AuthDeclarationProblem("policy.rules[\(index)]\(place)", message + ".")
                )
            }
        }
    }

    private static func isDeclared(scope: String, _ declaration: AuthDeclaration, _ namespace: String) -> Bool {
        declaration.scopes.keys.contains { OutsideWord.scope($0, in: namespace) == scope }
    }

    private static func isKnown(
        role: String,
        _ declarations: [String: AuthDeclaration],
        _ options: PolicyOptions
    ) -> Bool {
        options.givenRoles.contains(role)
            || declarations.contains { namespace, declaration in
                declaration.roles.keys.contains { OutsideWord.role($0, in: namespace) == role }
            }
    }
}
