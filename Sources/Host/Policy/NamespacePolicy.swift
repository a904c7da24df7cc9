import GatewayCore

/// The rules and words of one namespace: those of its plugin, and those of the site over them.
struct NamespacePolicy: Sendable {
    let namespace: String
    let declaration: AuthDeclaration
    let hierarchy: ScopeHierarchy
    let rules: [CompiledRule]
    /// Whether the namespace's plugin has the last word on any of its items.
    let hasNarrowedRules: Bool
    /// What the site puts in the place of the plugin's rules.
    let widenings: [CompiledRule]
    let tightenings: [CompiledTightening]
    private let tables: [ItemReference.Kind: RuleTable]
    private let wideningTables: [ItemReference.Kind: RuleTable]

    init(_ declaration: AuthDeclaration, namespace: String, options: PolicyOptions) {
        let hierarchy = ScopeHierarchy(declaration.implies)
        let rules = declaration.rules.map {
            CompiledRule($0, namespace: namespace, hierarchy: hierarchy, options: options)
        }
        let site = options.siteRules.filter { $0.namespace == namespace }
        let widenings = site.filter(\.widens).map { CompiledRule($0, hierarchy: hierarchy) }
        self.namespace = namespace
        self.declaration = declaration
        self.hierarchy = hierarchy
        self.rules = rules
        self.widenings = widenings
        tightenings = site.filter { !$0.widens }.map { CompiledTightening($0, hierarchy: hierarchy) }
        hasNarrowedRules = declaration.rules.contains(where: \.isNarrowed)
        tables = Self.tables(rules)
        wideningTables = Self.tables(widenings)
    }

    private static func tables(_ rules: [CompiledRule]) -> [ItemReference.Kind: RuleTable] {
        guard !rules.isEmpty else { return [:] }
        return Dictionary(
            [ItemReference.Kind.tool, .resource, .prompt].map { ($0, RuleTable(rules, kind: $0)) }
        ) { first, _ in first }
    }

    /// All that counts for an item; nil when nothing does, so that nobody may.
    func rule(for kind: ItemReference.Kind, _ name: String) -> EffectiveRule? {
        let plugins = tables[kind]?.rule(for: name)
        guard let rule = wideningTables[kind]?.rule(for: name) ?? plugins else { return nil }
        return EffectiveRule(
            rule: rule,
            plugins: plugins,
            tightenings: tightenings.isEmpty ? [] : tightenings.filter { $0.isAbout(kind, name) }
        )
    }

    /// Whether the plugin has the last word on calls of an item, which the site cannot take from it.
    func isNarrowed(_ kind: ItemReference.Kind, _ name: String) -> Bool {
        hasNarrowedRules && tables[kind]?.rule(for: name)?.declared.isNarrowed == true
    }

    var roles: [String] {
        declaration.roles.keys.map { OutsideWord.role($0, in: namespace) }
            + (widenings.map(\.declared) + tightenings.map(\.declared.asRule)).flatMap { rule in
                [rule.see, rule.call].compactMap(\.self).flatMap { $0.anyRole + $0.allRoles }
            }
    }

    var scopes: [String] { declaration.scopes.keys.map { OutsideWord.scope($0, in: namespace) } }

    /// The scopes of the calls that these roles allow, with what they include.
    func scopes(availableTo roles: Set<String>) -> [String] {
        let allowing = (rules + widenings).compactMap(\.call).filter { $0.hasRoles(roles) }
        guard !allowing.isEmpty else { return [] }
        // What asks for no role says nothing of who is meant; then it is whom the other rules name.
        let isMember = allowing.contains(where: \.namesRoles)
        let tightening = tightenings.compactMap(\.call).filter { $0.hasRoles(roles) && ($0.namesRoles || isMember) }
        return (allowing + tightening).flatMap(\.scopes).flatMap(included)
    }

    private func included(in scope: String) -> [String] {
        let prefix = OutsideWord.scope("", in: namespace)
        guard scope.hasPrefix(prefix) else { return [scope] }
        return hierarchy.included(in: String(scope.dropFirst(prefix.count))).map {
            OutsideWord.scope($0, in: namespace)
        }
    }

    /// What most tools need: the scopes of the least specific rule, unless a person must agree to what it is about.
    var baselineScopes: [String] {
        guard let rule = tables[.tool]?.leastSpecific, !rule.isPublic, !rule.declared.needsConsent else { return [] }
        return rule.call?.scopes ?? []
    }
}

extension SiteRule {
    /// Its needs, where rules are looked through.
    fileprivate var asRule: AuthRule { AuthRule(match: match, kind: kind, see: see, call: call) }
}
