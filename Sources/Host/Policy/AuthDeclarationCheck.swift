package import GatewayCore

/// Checks a declaration before it decides anything; finds all problems at once.
package enum AuthDeclarationCheck {
    /// The longest role or scope, in characters.
    package static let longestWord = 48
    /// The longest name or pattern of a rule, in characters.
    package static let longestMatch = 512

    /// All problems, in the order of the declaration; empty when it may be used.
    package static func problems(in declaration: AuthDeclaration) -> [AuthDeclarationProblem] {
        words(declaration.roles, place: "roles") + words(declaration.scopes, place: "scopes")
            + implications(declaration) + duplicates(declaration)
            + declaration.rules.indices.flatMap { rule(at: $0, of: declaration) }
    }

    private static func words(_ words: [String: String], place: String) -> [AuthDeclarationProblem] {
        words.keys.sorted().filter { !isWord($0) }.map {
            AuthDeclarationProblem(
                "\(place).\($0)",
                "Begin with a lower-case letter and use a-z, 0-9, '_', '-' and '.' only, at most \(longestWord) of them."
            )
        }
    }

    private static func isWord(_ word: String) -> Bool {
        guard let first = word.utf8.first, word.utf8.count <= longestWord else { return false }
        return isLowerCaseLetter(first)
            && word.utf8.allSatisfy {
                isLowerCaseLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
            }
    }

    private static func isLowerCaseLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func implications(_ declaration: AuthDeclaration) -> [AuthDeclarationProblem] {
        declaration.implies.sorted { $0.key < $1.key }.flatMap { scope, included in
            undeclared([scope] + included, in: declaration.scopes, what: "scope", place: "implies.\(scope)")
        }
    }

    private static func duplicates(_ declaration: AuthDeclaration) -> [AuthDeclarationProblem] {
        var seen: [RuleTarget: Int] = [:]
        var problems: [AuthDeclarationProblem] = []
        for (index, rule) in declaration.rules.enumerated() {
            let target = RuleTarget(match: rule.match, kind: rule.kind)
            if let first = seen[target] {
                problems.append(
                    AuthDeclarationProblem(
                        "rules[\(index)]",
                        "It is about the same items as rules[\(first)]; make one rule of the two."
                    )
                )
            } else {
                seen[target] = index
            }
        }
        return problems
    }

    private static func rule(at index: Int, of declaration: AuthDeclaration) -> [AuthDeclarationProblem] {
        let rule = declaration.rules[index]
        let place = "rules[\(index)]"
        var problems: [AuthDeclarationProblem] = []
        if rule.match.isEmpty || rule.match.utf8.count > longestMatch
            || !rule.match.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            problems.append(
                AuthDeclarationProblem(
                    place + ".match",
                    "Name an item or a pattern with '*', in 1 to \(longestMatch) printable ASCII characters, no space."
                )
            )
        }
        if rule.call == nil, !rule.isPublic {
            problems.append(
                AuthDeclarationProblem(
                    place,
                    "Say what calling needs with 'call', or that it needs nothing with 'public'."
                )
            )
        }
        problems += rule.see.map { need($0, of: declaration, place: place + ".see") } ?? []
        problems += rule.call.map { need($0, of: declaration, place: place + ".call") } ?? []
        return problems
    }

    private static func need(
        _ need: AuthNeed,
        of declaration: AuthDeclaration,
        place: String
    ) -> [AuthDeclarationProblem] {
        var problems = undeclared(need.anyRole, in: declaration.roles, what: "role", place: place + ".anyRole")
        problems += undeclared(need.allRoles, in: declaration.roles, what: "role", place: place + ".allRoles")
        problems += undeclared(need.scopes, in: declaration.scopes, what: "scope", place: place + ".scope")
        if let age = need.maximumAuthenticationAge, age <= 0 {
            problems.append(AuthDeclarationProblem(place + ".authAge", "Give a positive number of seconds."))
        }
        return problems
    }

    private static func undeclared(
        _ words: [String],
        in declared: [String: String],
        what: String,
        place: String
    ) -> [AuthDeclarationProblem] {
        words.filter { declared[$0] == nil }.map {
            AuthDeclarationProblem(place, "The \(what) '\($0)' is not declared; declare it under '\(what)s'.")
        }
    }

    private struct RuleTarget: Hashable {
        let match: String
        let kind: ItemReference.Kind?
    }
}
