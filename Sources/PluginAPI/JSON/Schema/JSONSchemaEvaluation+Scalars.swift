extension JSONSchemaEvaluation {
    mutating func checkConstants(_ rule: JSONSchemaRule, _ node: JSONNode) -> Bool {
        for index in [rule.enumeration, rule.constant] where index >= 0 {
            let constants = program.constants[index]
            var isListed = false
            for value in constants.values where !isListed {
                isListed = JSONSchemaEquality.isEqual(value, node, steps: &steps)
            }
            if !isListed { return fail(node.position, "must be \(constants.phrase)") }
        }
        return true
    }

    mutating func checkNumber(_ index: Int, _ node: JSONNode) -> Bool {
        let rules = program.numbers[index]
        let integer = node.entry.isIndirect ? nil : node.integer
        var exact: JSONDecimal?
        var isValid = true
        for bound in rules.bounds {
            let isKept: Bool
            if let integer, let limit = bound.integer {
                isKept = bound.admits(integer, limit)
            } else {
                let decimal = exact ?? node.decimal
                exact = decimal
                isKept = bound.admits(decimal, bound.value)
            }
            if !isKept { isValid = fail(node.position, "must be \(bound.phrase)") }
        }
        if let divisor = rules.multipleOf {
            let decimal = exact ?? node.decimal
            steps -= decimal.digits.count / 16
            if !decimal.isMultiple(of: divisor.value) {
                isValid = fail(node.position, "must be a multiple of \(divisor.literal)")
            }
        }
        return isValid
    }

    mutating func checkString(_ index: Int, _ node: JSONNode) -> Bool {
        let rules = program.strings[index]
        return check(node.utf8, rules, node.position)
    }

    private mutating func check(_ text: ArraySlice<UInt8>, _ rules: JSONSchemaStringRules, _ position: Int) -> Bool {
        var isValid = true
        steps -= text.count / 64
        if rules.least > 0 || rules.most < Int.max {
            var length = 0
            for byte in text where byte & 0xC0 != 0x80 { length += 1 }
            if length < rules.least {
                isValid = fail(
                    position,
                    "must have at least \(JSONSchemaText.count(rules.least, "character")), has \(length)"
                )
            } else if length > rules.most {
                isValid = fail(
                    position,
                    "must have at most \(JSONSchemaText.count(rules.most, "character")), has \(length)"
                )
            }
        }
        if let pattern = rules.pattern, !pattern.matches(text, steps: &steps) {
            isValid = fail(position, "must match the pattern \(JSONSchemaText.safe(pattern.text, limit: 128))")
        }
        return isValid
    }
}
