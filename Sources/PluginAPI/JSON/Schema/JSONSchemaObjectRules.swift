/// What a schema says about objects.
struct JSONSchemaObjectRules: Sendable {
    /// Properties that are named or required.
    var names = JSONSchemaNames()
    /// By position in `names`: the rule of the property, or -1.
    var properties: [Int] = []
    /// By position in `names`: whether the property must be there.
    var isRequired: [Bool] = []
    var hasRequired = false
    var patterns: [(pattern: JSONPattern, rule: Int)] = []
    var additional = -1
    var propertyNames = -1
    var least = 0
    var most = Int.max
    var dependents: [(name: String, needs: [String])] = []
    /// For a root closed by the options: everything that its schema names anywhere.
    var closure: JSONSchemaClosure?
}

extension JSONSchemaObjectRules {
    mutating func name(_ name: String, rule: Int) {
        let position = names.insert(name)
        if position == properties.count {
            properties.append(rule)
            isRequired.append(false)
        } else {
            properties[position] = rule
        }
    }

    mutating func require(_ name: String) {
        let position = names.insert(name)
        if position == properties.count {
            properties.append(-1)
            isRequired.append(true)
        }
        isRequired[position] = true
        hasRequired = true
    }
}
