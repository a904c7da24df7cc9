import JSON

/// What roles and scopes a plugin's items need, in local words; the site maps its groups to the roles.
public struct AuthRules: Hashable, Sendable {
    /// A local word with what it means, for people.
    public struct Word: Hashable, Sendable {
        let name: String
        let meaning: String

        /// Creates a word.
        public init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }

    /// One rule: which items, and what calling them needs.
    public struct Rule: Hashable, Sendable {
        let match: String
        let anyRole: [String]
        let scopes: [String]
        let isPublic: Bool
        var isNarrowed = false
        var needsConsent = false

        /// Items matching the pattern may be called by whoever has one of the roles and all scopes.
        public static func allow(_ match: String, anyRole: [String], scopes: [String]) -> Rule {
            Rule(match: match, anyRole: anyRole, scopes: scopes, isPublic: false)
        }

        /// Items matching the pattern need no token.
        public static func open(_ match: String) -> Rule {
            Rule(match: match, anyRole: [], scopes: [], isPublic: true)
        }

        /// The same rule, with the last word on each call left to ``Plugin/authorize(_:in:)``.
        public var narrowed: Rule {
            var rule = self
            rule.isNarrowed = true
            return rule
        }

        /// The same rule, whose calls a person must agree to first: for what starts something, as what destroys something
        /// is asked about anyhow.
        public var consented: Rule {
            var rule = self
            rule.needsConsent = true
            return rule
        }

        var document: JSONValue {
            guard case .object(var object) = plainDocument else { return plainDocument }
            if isNarrowed { object["narrow"] = true }
            if needsConsent { object["consent"] = true }
            return .object(object)
        }

        private var plainDocument: JSONValue {
            guard !isPublic else { return ["match": .string(match), "public": true] }
            return [
                "match": .string(match),
                "call": [
                    "anyRole": .array(anyRole.map(JSONValue.string)),
                    "scope": .array(scopes.map(JSONValue.string)),
                ],
            ]
        }
    }

    let roles: [Word]
    let scopes: [Word]
    let implies: [(scope: String, included: [String])]
    let rules: [Rule]

    /// Creates rules; an item that no rule matches exists for nobody.
    public init(
        roles: [Word],
        scopes: [Word],
        implies: KeyValuePairs<String, [String]> = [:],
        rules: [Rule]
    ) {
        self.roles = roles
        self.scopes = scopes
        self.implies = implies.map { ($0.key, $0.value) }
        self.rules = rules
    }

    var document: JSONValue {
        var included = JSONObject()
        for (scope, scopes) in implies {
            included[scope] = .array(scopes.map(JSONValue.string))
        }
        return [
            "roles": Self.document(of: roles),
            "scopes": Self.document(of: scopes),
            "implies": .object(included),
            "rules": .array(rules.map(\.document)),
        ]
    }

    private static func document(of words: [Word]) -> JSONValue {
        var object = JSONObject()
        for word in words {
            object[word.name] = .string(word.meaning)
        }
        return .object(object)
    }

    /// Two sets of rules are equal when they are published alike.
    public static func == (left: AuthRules, right: AuthRules) -> Bool {
        left.document == right.document
    }

    /// Hashes what is published.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(document)
    }
}
