extension JSONSchemaEvaluation {
    mutating func checkObject(_ index: Int, _ node: JSONNode, _ marks: inout JSONSchemaMarks) -> Bool {
        let rules = program.objects[index]
        var isValid = true
        var count = 0
        var seen = JSONSchemaSeen()
        var key = node.position + 1
        let end = Int(node.entry.next)
        while key < end {
            let value = key + 1
            defer { key = Int(storage.tape.entries[value].next) }
            steps -= 1
            guard steps > 0, isValid || !isQuiet else { return false }
            if !absent.isEmpty, absent.contains(key) { continue }
            let name = position(of: key, in: rules.names)
            if name >= 0 {
                if isAbsent(name, of: rules, value) {
                    absent.append(key)
                    continue
                }
                seen.insert(name)
            }
            count += 1
            if !checkMember(key, name, rules, node, &marks) { isValid = false }
        }
        if rules.hasRequired { isValid = checkRequired(rules, seen, node) && isValid }
        if count < rules.least {
            isValid = fail(
                node.position,
                "must have at least \(JSONSchemaText.count(rules.least, "member")), has \(count)"
            )
        } else if count > rules.most {
            isValid = fail(
                node.position,
                "must have at most \(JSONSchemaText.count(rules.most, "member")), has \(count)"
            )
        }
        if !rules.dependents.isEmpty { isValid = checkDependents(rules, node) && isValid }
        return isValid
    }

    private mutating func checkMember(
        _ key: Int,
        _ name: Int,
        _ rules: JSONSchemaObjectRules,
        _ node: JSONNode,
        _ marks: inout JSONSchemaMarks
    ) -> Bool {
        var inner = JSONSchemaMarks(isWanted: false)
        var isValid = true
        var isEvaluated = false
        if name >= 0, rules.properties[name] >= 0 {
            isEvaluated = true
            isValid = check(rules.properties[name], key + 1, &inner)
        }
        for (pattern, rule) in rules.patterns where matches(pattern, key) {
            isEvaluated = true
            isValid = check(rule, key + 1, &inner) && isValid
        }
        if !isEvaluated, rules.additional >= 0 {
            isEvaluated = true
            if program.rules[rules.additional].refusesAll {
                isValid = failUnknown(key, of: node, known: rules.names.names)
            } else {
                isValid = check(rules.additional, key + 1, &inner)
            }
        } else if !isEvaluated, let closure = rules.closure, position(of: key, in: closure.names) < 0 {
            if !closure.patterns.contains(where: { matches($0, key) }) {
                isValid = failUnknown(key, of: node, known: closure.names.names)
            }
        }
        if rules.propertyNames >= 0, !fits(rules.propertyNames, key, &inner) {
            let name = JSONSchemaText.safe(JSONNode(storage: storage, position: key).string ?? "")
            isValid = fail(node.position, "has a member \"\(name)\" whose name its schema refuses")
        }
        if isEvaluated { marks.insert(key + 1) }
        return isValid
    }

    /// Whether a property is null, may be left out, and its schema would refuse the null.
    private mutating func isAbsent(_ name: Int, of rules: JSONSchemaObjectRules, _ value: Int) -> Bool {
        guard storage.tape.entries[value].kind == .null, options.nullCountsAsAbsent, !rules.isRequired[name],
            rules.properties[name] >= 0
        else { return false }
        var marks = JSONSchemaMarks(isWanted: false)
        return !fits(rules.properties[name], value, &marks)
    }

    private mutating func checkRequired(
        _ rules: JSONSchemaObjectRules,
        _ seen: JSONSchemaSeen,
        _ node: JSONNode
    ) -> Bool {
        var isValid = true
        for (position, isRequired) in rules.isRequired.enumerated() where isRequired && !seen.contains(position) {
            isValid = fail(node.position, "is required", missing: rules.names.names[position])
            if isQuiet { return false }
        }
        return isValid
    }

    private mutating func checkDependents(_ rules: JSONSchemaObjectRules, _ node: JSONNode) -> Bool {
        var isValid = true
        for (name, needs) in rules.dependents where has(name, node) {
            for need in needs where !has(need, node) {
                let given = JSONSchemaText.safe(name)
                isValid = fail(node.position, "is required when \"\(given)\" is given", missing: need)
            }
        }
        return isValid
    }

    /// Whether an object has a member that does not count as absent.
    func has(_ name: String, _ node: JSONNode) -> Bool {
        guard let value = node[name] else { return false }
        return absent.isEmpty || !absent.contains(value.position - 1)
    }

    mutating func failUnknown(_ key: Int, of node: JSONNode, known: [String]) -> Bool {
        guard !isQuiet else { return false }
        let name = JSONNode(storage: storage, position: key).string ?? ""
        let noun = options.closesRoot && node.position == root.position ? "argument" : "member"
        var message = "unknown \(noun) \"\(JSONSchemaText.safe(name))\""
        if let nearest = NearestName.nearest(to: name, among: known) {
            message += "; did you mean \"\(JSONSchemaText.safe(nearest))\"?"
        }
        return fail(node.position, message)
    }

    func position(of key: Int, in names: JSONSchemaNames) -> Int {
        names.position(of: JSONNode(storage: storage, position: key).utf8)
    }

    mutating func matches(_ pattern: JSONPattern, _ key: Int) -> Bool {
        pattern.matches(JSONNode(storage: storage, position: key).utf8, steps: &steps)
    }
}
