extension JSONSchemaEvaluation {
    mutating func checkCombination(
        _ combination: JSONSchemaCombination,
        _ node: JSONNode,
        _ marks: inout JSONSchemaMarks
    ) -> Bool {
        let position = node.position
        var isValid = true
        for rule in combination.all {
            isValid = check(rule, position, &marks) && isValid
            guard isValid || !isQuiet else { return false }
        }
        for reference in combination.dynamic {
            isValid = check(target(of: reference), position, &marks) && isValid
            guard isValid || !isQuiet else { return false }
        }
        if !combination.any.isEmpty { isValid = checkAny(combination.any, node, &marks) && isValid }
        guard isValid || !isQuiet else { return false }
        if !combination.one.isEmpty { isValid = checkOne(combination.one, node, &marks) && isValid }
        guard isValid || !isQuiet else { return false }
        if combination.not >= 0 {
            var unused = JSONSchemaMarks(isWanted: false)
            let count = absent.count
            if fits(combination.not, position, &unused) {
                absent.removeSubrange(count...)
                isValid = fail(position, "has a form that its schema excludes")
            }
        }
        if combination.condition >= 0 { isValid = checkCondition(combination, node, &marks) && isValid }
        for (name, rule) in combination.dependents where node.entry.kind == .object && has(name, node) {
            isValid = check(rule, position, &marks) && isValid
        }
        return isValid
    }

    private mutating func checkCondition(
        _ combination: JSONSchemaCombination,
        _ node: JSONNode,
        _ marks: inout JSONSchemaMarks
    ) -> Bool {
        let branch = fits(combination.condition, node.position, &marks) ? combination.then : combination.otherwise
        return branch < 0 || check(branch, node.position, &marks)
    }

    private mutating func checkAny(_ rules: [Int], _ node: JSONNode, _ marks: inout JSONSchemaMarks) -> Bool {
        var isValid = false
        for rule in rules where fits(rule, node.position, &marks) {
            isValid = true
            // Only who asks for marks needs to know of every branch that fits.
            if !marks.isWanted { break }
        }
        return isValid || explain(rules, node)
    }

    private mutating func checkOne(_ rules: [Int], _ node: JSONNode, _ marks: inout JSONSchemaMarks) -> Bool {
        var count = 0
        for rule in rules where fits(rule, node.position, &marks) {
            count += 1
            if count > 1 { break }
        }
        if count > 1 {
            return fail(node.position, "fits more than one of \(rules.count) allowed forms, where exactly one must fit")
        }
        return count == 1 || explain(rules, node)
    }

    /// Says why no alternative fits: by the one that is meant, when the type of the value tells which.
    private mutating func explain(_ rules: [Int], _ node: JSONNode) -> Bool {
        guard !isQuiet, steps > 0 else { return false }
        let candidates = rules.filter { types(of: $0).accept(node) }
        if candidates.isEmpty {
            let allowed = rules.reduce(into: JSONSchemaTypes()) { $0.formUnion(types(of: $1)) }
            return fail(node.position, "must be \(allowed.phrase), is \(node.kindPhrase)")
        }
        if candidates.count == 1 {
            var marks = JSONSchemaMarks(isWanted: false)
            return check(candidates[0], node.position, &marks)
        }
        return fail(node.position, "fits none of \(rules.count) allowed forms")
    }

    /// The types a rule allows, looking through plain references.
    private func types(of index: Int) -> JSONSchemaTypes {
        var rule = program.rules[index]
        // A chain of references that is longer tells nothing about types, which is never wrong.
        for _ in 0..<8 {
            guard !rule.refusesAll else { return [] }
            guard rule.types == .all, rule.combination >= 0 else { break }
            let combination = program.combinations[rule.combination]
            guard combination.all.count == 1, combination.dynamic.isEmpty else { break }
            rule = program.rules[combination.all[0]]
        }
        return rule.types
    }

    /// `unevaluatedProperties` and `unevaluatedItems`: what no other keyword has looked at.
    mutating func checkUnevaluated(
        _ combination: JSONSchemaCombination,
        _ node: JSONNode,
        _ marks: inout JSONSchemaMarks
    ) -> Bool {
        var unused = JSONSchemaMarks(isWanted: false)
        var isValid = true
        if combination.unevaluatedProperties >= 0, node.entry.kind == .object {
            for member in node.members where !marks.contains(member.value.position) {
                if !absent.isEmpty, absent.contains(member.key.position) { continue }
                if program.rules[combination.unevaluatedProperties].refusesAll {
                    isValid = failUnknown(member.key.position, of: node, known: combination.known.names)
                } else {
                    isValid = check(combination.unevaluatedProperties, member.value.position, &unused) && isValid
                }
            }
            marks.complete()
        }
        if combination.unevaluatedItems >= 0, node.entry.kind == .array {
            for element in node.elements where !marks.contains(element.position) {
                isValid = check(combination.unevaluatedItems, element.position, &unused) && isValid
            }
            marks.complete()
        }
        return isValid
    }
}
