extension JSONSchemaCompiler {
    /// Gathers the names that may be meant where `unevaluatedProperties` refuses one.
    mutating func gatherKnownNames() {
        for position in program.rules.indices {
            let combination = program.rules[position].combination
            guard combination >= 0, program.combinations[combination].unevaluatedProperties >= 0 else { continue }
            program.combinations[combination].known = reach(of: position).closure.names
        }
    }

    /// Makes the root refuse what its schema does not name, unless the schema decides that itself somewhere.
    mutating func closeRoot(_ schema: JSONValue) {
        guard case .object = schema else { return }
        let reach = reach(of: 0)
        guard !reach.decides else { return }
        if program.rules[0].object < 0 {
            program.objects.append(JSONSchemaObjectRules())
            program.rules[0].object = program.objects.count - 1
        }
        program.objects[program.rules[0].object].closure = reach.closure
    }

    /// All that a rule and those applied in its place say about the names of members.
    private func reach(of root: Int) -> (closure: JSONSchemaClosure, decides: Bool) {
        var closure = JSONSchemaClosure()
        var decides = false
        var visited: Set<Int> = [root]
        var waiting = [root]
        while let position = waiting.popLast() {
            let rule = program.rules[position]
            if rule.object >= 0 {
                let object = program.objects[rule.object]
                for name in object.names.names { _ = closure.names.insert(name) }
                closure.patterns += object.patterns.map(\.pattern)
                decides = decides || object.additional >= 0
            }
            guard rule.combination >= 0 else { continue }
            let combination = program.combinations[rule.combination]
            decides = decides || combination.unevaluatedProperties >= 0
            for next in combination.inPlace(withDynamic: true) where visited.insert(next).inserted {
                waiting.append(next)
            }
        }
        return (closure, decides)
    }
}
