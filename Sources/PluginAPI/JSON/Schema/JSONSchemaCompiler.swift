/// Turns a schema into a program, one schema object after the other.
///
/// What is still to be compiled waits in a list, so neither nesting nor references cost stack.
struct JSONSchemaCompiler {
    /// The identifiers of the dialect understood.
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    var program = JSONSchemaProgram()
    var resources = JSONSchemaResources()
    private var positions: [JSONSchemaLocation: Int] = [:]
    private var waiting: [JSONSchemaResources.Schema] = []
    private var dynamicNames: [String: Int] = [:]

    static func compile(_ schema: JSONValue, options: JSONSchema.Options) throws(JSONSchemaError) -> JSONSchemaProgram {
        var compiler = JSONSchemaCompiler()
        _ = compiler.rule(for: try compiler.resources.add(schema))
        try compiler.compileWaiting()
        try compiler.refuseEndlessReferences()
        compiler.gatherKnownNames()
        if options.closesRoot { compiler.closeRoot(schema) }
        return compiler.program
    }

    /// The position of a schema's rule, which may still be empty.
    mutating func rule(for schema: JSONSchemaResources.Schema) -> Int {
        if let position = positions[schema.location] { return position }
        positions[schema.location] = program.rules.count
        program.rules.append(JSONSchemaRule(resource: schema.resource))
        waiting.append(schema)
        return program.rules.count - 1
    }

    private mutating func compileWaiting() throws(JSONSchemaError) {
        var next = 0
        while next < waiting.count {
            while next < waiting.count {
                let schema = waiting[next]
                var keywords = JSONSchemaKeywords(schema: schema)
                program.rules[next] = try compile(&keywords)
                next += 1
            }
            // A name used by a dynamic reference makes every anchor of that name reachable.
            for (name, anchor) in dynamicNames {
                for (resource, schema) in resources.dynamicAnchors(named: name) {
                    program.dynamicAnchors[anchor][resource] = rule(for: schema)
                }
            }
        }
    }

    private mutating func compile(_ keywords: inout JSONSchemaKeywords) throws(JSONSchemaError) -> JSONSchemaRule {
        let schema = keywords.schema
        var rule = JSONSchemaRule(resource: schema.resource)
        switch schema.value {
        case .bool(let accepts):
            rule.refusesAll = !accepts
            return rule
        case .object:
            break
        default:
            throw JSONSchemaError(path: schema.location.path, message: "must be a schema: an object, true or false")
        }
        try checkDialect(keywords)
        rule.types = try types(keywords)
        rule.enumeration = try constants("enum", keywords)
        rule.constant = try constants("const", keywords)
        rule.number = try numberRules(keywords)
        rule.string = try stringRules(keywords)
        rule.array = try arrayRules(keywords)
        rule.object = try objectRules(keywords)
        rule.combination = try combination(keywords)
        return rule
    }

    private func checkDialect(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) {
        guard let dialect = try keywords.string("$schema") else { return }
        guard dialect == Self.dialect || dialect == Self.dialect + "#" else {
            throw keywords.error("$schema", "names a dialect that is not understood; use \(Self.dialect)")
        }
    }

    /// The position of a name among those of dynamic references.
    mutating func dynamicAnchor(named name: String) -> Int {
        if let position = dynamicNames[name] { return position }
        dynamicNames[name] = program.dynamicAnchors.count
        program.dynamicAnchors.append([:])
        return program.dynamicAnchors.count - 1
    }

    /// Refuses schemas that lead back to themselves without going into the value.
    private func refuseEndlessReferences() throws(JSONSchemaError) {
        var states = Array(repeating: 0, count: program.rules.count)
        for start in program.rules.indices where states[start] == 0 {
            var path: [(rule: Int, rest: [Int])] = [(start, inPlace(start))]
            states[start] = 1
            while let last = path.last {
                guard let next = last.rest.last else {
                    states[last.rule] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].rest.removeLast()
                if states[next] == 1 {
                    throw JSONSchemaError(
                        path: waiting[next].location.path,
                        message: "refers to itself without end"
                    )
                }
                if states[next] == 0 {
                    states[next] = 1
                    path.append((next, inPlace(next)))
                }
            }
        }
    }

    /// The rules applied to the same value as a rule; not by dynamic references, which only a value decides.
    private func inPlace(_ rule: Int) -> [Int] {
        let combination = program.rules[rule].combination
        guard combination >= 0 else { return [] }
        return program.combinations[combination].inPlace(withDynamic: false)
    }
}
