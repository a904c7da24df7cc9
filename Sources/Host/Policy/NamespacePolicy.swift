import GatewayCore

/// The rules and words of one namespace.
struct NamespacePolicy: Sendable {
    let namespace: String
    let declaration: AuthDeclaration
    let hierarchy: ScopeHierarchy
    let rules: [CompiledRule]
    /// Whether the namespace's plugin has the last word on any of its items.
    let hasNarrowedRules: Bool
    private let tools: RuleTable
    private let resources: RuleTable
    private let prompts: RuleTable

    init(_ declaration: AuthDeclaration, namespace: String, options: PolicyOptions) {
        let hierarchy = ScopeHierarchy(declaration.implies)
        let rules = declaration.rules.map {
            CompiledRule($0, namespace: namespace, hierarchy: hierarchy, options: options)
        }
        self.namespace = namespace
        self.declaration = declaration
        self.hierarchy = hierarchy
        self.rules = rules
        hasNarrowedRules = declaration.rules.contains(where: \.isNarrowed)
        tools = RuleTable(rules, kind: .tool)
        resources = RuleTable(rules, kind: .resource)
        prompts = RuleTable(rules, kind: .prompt)
    }

    func table(for kind: ItemReference.Kind) -> RuleTable {
        switch kind {
        case .tool: tools
        case .resource: resources
        case .prompt: prompts
        }
    }

    var roles: [String] { declaration.roles.keys.map { OutsideWord.role($0, in: namespace) } }

    var scopes: [String] { declaration.scopes.keys.map { OutsideWord.scope($0, in: namespace) } }

    /// The scopes of the calls that these roles allow, with what they include.
    func scopes(availableTo roles: Set<String>) -> [String] {
        rules.flatMap { rule -> [String] in
            guard let call = rule.call, let need = rule.declared.call, call.hasRoles(roles) else { return [] }
            return need.scopes.flatMap { hierarchy.included(in: $0) }.map { OutsideWord.scope($0, in: namespace) }
        }
    }

    /// What most tools need: the scopes of the least specific rule, unless a person must agree to what it is about.
    var baselineScopes: [String] {
        guard let rule = tools.leastSpecific, !rule.isPublic, !rule.declared.needsConsent else { return [] }
        return rule.call?.scopes ?? []
    }
}
