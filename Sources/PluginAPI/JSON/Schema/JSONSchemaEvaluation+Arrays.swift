extension JSONSchemaEvaluation {
    mutating func checkArray(_ index: Int, _ node: JSONNode, _ marks: inout JSONSchemaMarks) -> Bool {
        let rules = program.arrays[index]
        var isValid = true
        var count = 0
        var contained = 0
        var element = node.position + 1
        let end = Int(node.entry.next)
        while element < end {
            var inner = JSONSchemaMarks(isWanted: false)
            let rule = count < rules.prefix.count ? rules.prefix[count] : rules.items
            if rule >= 0 {
                if !check(rule, element, &inner) { isValid = false }
                marks.insert(element)
            }
            if rules.contains >= 0, fits(rules.contains, element, &inner) {
                contained += 1
                marks.insert(element)
            }
            guard steps > 0, isValid || !isQuiet else { return false }
            count += 1
            element = Int(storage.tape.entries[element].next)
        }
        if count < rules.least {
            isValid = fail(
                node.position,
                "must have at least \(JSONSchemaText.count(rules.least, "element")), has \(count)"
            )
        } else if count > rules.most {
            isValid = fail(
                node.position,
                "must have at most \(JSONSchemaText.count(rules.most, "element")), has \(count)"
            )
        }
        if rules.contains >= 0 { isValid = checkContained(contained, rules, node) && isValid }
        if rules.isUnique { isValid = checkUnique(node) && isValid }
        return isValid
    }

    private mutating func checkContained(_ count: Int, _ rules: JSONSchemaArrayRules, _ node: JSONNode) -> Bool {
        if count < rules.leastContained {
            let wanted = JSONSchemaText.count(rules.leastContained, "element")
            return fail(node.position, "must hold at least \(wanted) of the form its schema asks for, holds \(count)")
        }
        if count > rules.mostContained {
            let allowed = JSONSchemaText.count(rules.mostContained, "element")
            return fail(node.position, "must hold at most \(allowed) of the form its schema names, holds \(count)")
        }
        return true
    }

    private mutating func checkUnique(_ node: JSONNode) -> Bool {
        let elements = Array(node.elements)
        let repeated = elements.count <= 8 ? repeatedByPairs(elements) : repeatedByHash(elements)
        guard let repeated else { return steps > 0 }
        return fail(node.position, "must not hold a value twice; element \(repeated) repeats an earlier one")
    }

    private mutating func repeatedByPairs(_ elements: [JSONNode]) -> Int? {
        for (index, element) in elements.enumerated() {
            for earlier in elements[..<index] where JSONSchemaEquality.isEqual(earlier, element, steps: &steps) {
                return index
            }
        }
        return nil
    }

    /// Compares only elements with equal hashes, so a long list costs no more than its length.
    private mutating func repeatedByHash(_ elements: [JSONNode]) -> Int? {
        var seen: [Int: [JSONNode]] = [:]
        for (index, element) in elements.enumerated() {
            let hash = JSONSchemaEquality.hash(element, steps: &steps)
            for earlier in seen[hash, default: []] where JSONSchemaEquality.isEqual(earlier, element, steps: &steps) {
                return index
            }
            guard steps > 0 else { return nil }
            seen[hash, default: []].append(element)
        }
        return nil
    }
}
