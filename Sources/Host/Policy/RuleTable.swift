import GatewayCore

/// The rules of one namespace for one kind of item.
struct RuleTable: Sendable {
    private var exact: [String: CompiledRule] = [:]
    /// The most specific first.
    private let patterns: [(pattern: NamePattern, rule: CompiledRule)]

    /// Takes the rules that are about the kind, or about all.
    init(_ rules: [CompiledRule], kind: ItemReference.Kind) {
        let mine = rules.filter { $0.declared.kind == nil || $0.declared.kind == kind }
            .map { (pattern: NamePattern($0.declared.match), rule: $0) }
        for entry in mine where entry.pattern.isExact {
            let name = entry.rule.declared.match
            if exact[name] == nil || entry.rule.declared.kind != nil { exact[name] = entry.rule }
        }
        patterns = mine.filter { !$0.pattern.isExact }.enumerated()
            .sorted { Self.precedes($0.element, $1.element) ?? ($0.offset < $1.offset) }
            .map(\.element)
    }

    /// The more literal characters the more specific; then a rule with a kind; then the order of declaration (nil).
    private static func precedes(
        _ left: (pattern: NamePattern, rule: CompiledRule),
        _ right: (pattern: NamePattern, rule: CompiledRule)
    ) -> Bool? {
        let (length, other) = (left.pattern.literalLength, right.pattern.literalLength)
        if length != other { return length > other }
        let (hasKind, otherHasKind) = (left.rule.declared.kind != nil, right.rule.declared.kind != nil)
        return hasKind == otherHasKind ? nil : hasKind
    }

    /// The rule that counts for a name; no other rule adds to it.
    func rule(for name: String) -> CompiledRule? {
        exact[name] ?? patterns.first { $0.pattern.matches(name) }?.rule
    }

    /// The rule that most items fall under.
    var leastSpecific: CompiledRule? { patterns.last?.rule }
}
