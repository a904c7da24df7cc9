import GatewayCore
import JSON

extension ManifestReader {
    private static let path = JSONPath().appending("auth")

    mutating func auth(_ value: JSONValue?) -> AuthDeclaration {
        // Without rules nothing may be called, which is safe and never meant.
        guard let value else {
            fault(Self.path, "is missing; without rules nobody may call anything")
            return AuthDeclaration()
        }
        let object = object(value, Self.path)
        closed(object, Self.path, to: ["roles", "scopes", "implies", "rules"])
        return AuthDeclaration(
            roles: texts(object, "roles"),
            scopes: texts(object, "scopes"),
            implies: implications(object),
            rules: rules(object)
        )
    }

    private mutating func texts(_ object: JSONObject, _ name: String) -> [String: String] {
        let path = Self.path.appending(name)
        guard let value = object[name] else { return [:] }
        var texts: [String: String] = [:]
        for member in self.object(value, path).members {
            if !Self.isWord(member.name) { fault(path.appending(member.name), Self.wordRule) }
            guard let text = member.value.string else {
                fault(path.appending(member.name), "must be a text that says what it means")
                continue
            }
            texts[member.name] = text
        }
        return texts
    }

    private mutating func implications(_ object: JSONObject) -> [String: [String]] {
        let path = Self.path.appending("implies")
        guard let value = object["implies"] else { return [:] }
        let members = self.object(value, path)
        var implications: [String: [String]] = [:]
        for name in members.names {
            implications[name] = words(members, name, path)
        }
        return implications
    }

    private mutating func rules(_ object: JSONObject) -> [AuthRule] {
        let path = Self.path.appending("rules")
        return array(object["rules"], path).enumerated().map { index, value in
            rule(value, path.appending(index))
        }
    }

    private mutating func rule(_ value: JSONValue, _ path: JSONPath) -> AuthRule {
        let object = object(value, path)
        closed(object, path, to: ["match", "kind", "see", "call", "public", "narrow", "consent"])
        let match = value.object == nil ? "" : text(object, "match", path)
        var kind: ItemReference.Kind?
        if let word = optionalText(object, "kind", path) {
            kind = ItemReference.Kind(rawValue: word)
            if kind == nil { fault(path.appending("kind"), "must be tool, resource or prompt") }
        }
        let rule = AuthRule(
            match: match,
            kind: kind,
            see: need(object, "see", path),
            call: need(object, "call", path),
            isPublic: flag(object, "public", path),
            isNarrowed: flag(object, "narrow", path),
            needsConsent: flag(object, "consent", path)
        )
        if value.object != nil, object["call"] == nil, !rule.isPublic {
            fault(path, "says neither what a call needs (call) nor that it needs nothing (public)")
        }
        return rule
    }

    private mutating func need(_ rule: JSONObject, _ name: String, _ path: JSONPath) -> AuthNeed? {
        guard let value = rule[name] else { return nil }
        let place = path.appending(name)
        let object = object(value, place)
        closed(object, place, to: ["anyRole", "allRoles", "scope", "authAge"])
        return AuthNeed(
            anyRole: words(object, "anyRole", place),
            allRoles: words(object, "allRoles", place),
            scopes: words(object, "scope", place),
            maximumAuthenticationAge: integer(object, "authAge", place, in: 1...31_536_000)
        )
    }

    /// Finds words that are used and never declared: a slip of the pen that would shut a rule for everybody.
    mutating func check(_ auth: AuthDeclaration) {
        for (scope, implied) in auth.implies.sorted(by: { $0.key < $1.key }) {
            for word in [scope] + implied where auth.scopes[word] == nil {
                fault(Self.path.appending("implies").appending(scope), "the scope \"\(word)\" is not declared")
            }
        }
        for (index, rule) in auth.rules.enumerated() {
            for (name, need) in [("see", rule.see), ("call", rule.call)] {
                guard let need else { continue }
                let place = Self.path.appending("rules").appending(index).appending(name)
                for role in need.anyRole + need.allRoles where auth.roles[role] == nil {
                    fault(place, "the role \"\(role)\" is not declared")
                }
                for scope in need.scopes where auth.scopes[scope] == nil {
                    fault(place, "the scope \"\(scope)\" is not declared")
                }
            }
        }
    }
}
