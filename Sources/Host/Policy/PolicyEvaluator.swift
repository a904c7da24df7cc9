package import GatewayCore

/// Answers what a principal may see and call, from the declarations of all namespaces and the site's options.
///
/// Deny by default: what no rule matches does not exist. Of the rules that match, the most specific counts alone: the
/// exact name, then the pattern with the most literal characters, and among equals the one with a kind. Seeing and
/// calling are one question, so lists and calls cannot disagree.
///
/// A rule without `see` shows the item to everyone who has the roles that calling needs. Scopes and the age of the
/// login never hide such an item, because a client can get them by asking for a better token; roles it cannot.
///
/// A token's scopes need no cut to what its roles may have: a rule asks for both at once.
package struct PolicyEvaluator: PolicyDeciding {
    private let namespaces: [String: NamespacePolicy]
    /// In the order of their names.
    private let ordered: [NamespacePolicy]
    private let clock: any WallClock

    /// Compiles the declarations of the namespaces.
    /// - Throws: `PolicyError` with all problems of all declarations.
    package init(
        _ declarations: [String: AuthDeclaration],
        options: PolicyOptions = PolicyOptions(),
        clock: any WallClock
    ) throws(PolicyError) {
        var problems: [PolicyError.Problem] = []
        var namespaces: [String: NamespacePolicy] = [:]
        for (namespace, declaration) in declarations.sorted(by: { $0.key < $1.key }) {
            problems += AuthDeclarationCheck.problems(in: declaration).map {
                PolicyError.Problem(namespace: namespace, problem: $0)
            }
            namespaces[namespace] = NamespacePolicy(declaration, namespace: namespace, options: options)
        }
        problems += SiteRuleCheck.problems(in: options, declarations)
        guard problems.isEmpty else { throw PolicyError(problems: problems) }
        self.namespaces = namespaces
        ordered = namespaces.values.sorted { $0.namespace < $1.namespace }
        self.clock = clock
    }

    package func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
        rule(for: item)?.decision(for: principal.facing(item.namespace), clock: clock) ?? .hidden
    }

    package func leavesLastWord(on item: ItemReference) -> Bool {
        namespaces[item.namespace]?.isNarrowed(item.kind, item.localName) ?? false
    }

    package func visibility(for principal: Principal) -> Visibility {
        Visibility(ordered.flatMap { $0.shown(to: principal.facing($0.namespace), clock: clock) })
    }

    private func rule(for item: ItemReference) -> EffectiveRule? {
        namespaces[item.namespace]?.rule(for: item.kind, item.localName)
    }

    /// The decision with its reason, for an operator: it tells what the caller must not learn.
    package func explain(_ item: ItemReference, for principal: Principal) -> PolicyExplanation {
        let decision = decision(on: item, for: principal)
        let rule = rule(for: item)
        return PolicyExplanation(
            decision: decision,
            rule: rule?.rule.declared,
            siteRules: rule?.matches ?? [],
            reason: PolicyExplanation.reason(for: decision, rule: rule, principal: principal)
        )
    }

    /// The scopes of all calls that these roles allow, with what they include, sorted.
    package func scopes(availableTo roles: Set<String>) -> [String] {
        sorted { $0.scopes(availableTo: roles) }
    }

    /// All roles that a namespace declares, sorted: what a site may map groups to.
    package var knownRoles: [String] { sorted(\.roles) }

    /// All scopes that a namespace declares, sorted.
    package var knownScopes: [String] { sorted(\.scopes) }

    /// What each scope allows, in its plugin's words for people.
    package var scopeMeanings: [String: String] {
        var meanings: [String: String] = [:]
        for namespace in namespaces.values {
            for (scope, meaning) in namespace.declaration.scopes {
                meanings[OutsideWord.scope(scope, in: namespace.namespace)] = meaning
            }
        }
        return meanings
    }

    /// What a client should ask for at first: the scopes that most tools of each namespace need, sorted.
    package var baselineScopes: [String] { sorted(\.baselineScopes) }

    private func sorted(_ words: (NamespacePolicy) -> [String]) -> [String] {
        Set(namespaces.values.flatMap(words)).sorted()
    }
}
