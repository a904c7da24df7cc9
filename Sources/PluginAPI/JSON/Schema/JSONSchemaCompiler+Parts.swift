extension JSONSchemaCompiler {
    /// The rule of a schema below a keyword.
    private mutating func rule(
        _ value: JSONValue,
        _ keywords: JSONSchemaKeywords,
        _ location: JSONSchemaLocation
    ) -> Int {
        let resource = resources.resource(at: location) ?? keywords.schema.resource
        return rule(for: .init(value: value, location: location, resource: resource))
    }

    private mutating func rule(_ keyword: String, _ keywords: JSONSchemaKeywords) -> Int {
        guard let value = keywords[keyword] else { return -1 }
        return rule(value, keywords, keywords.schema.location.appending(keyword))
    }

    private mutating func rules(_ keyword: String, _ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> [Int] {
        let location = keywords.schema.location.appending(keyword)
        var rules: [Int] = []
        for (position, value) in try keywords.list(keyword).enumerated() {
            rules.append(rule(value, keywords, location.appending(position)))
        }
        return rules
    }

    mutating func arrayRules(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> Int {
        var rules = JSONSchemaArrayRules()
        rules.prefix = try self.rules("prefixItems", keywords)
        if keywords["items"]?.array != nil {
            throw keywords.error("items", "must be one schema; the list of earlier drafts is now prefixItems")
        }
        rules.items = rule("items", keywords)
        rules.contains = rule("contains", keywords)
        rules.leastContained = try keywords.count("minContains") ?? 1
        rules.mostContained = try keywords.count("maxContains") ?? Int.max
        let (least, most) = (try keywords.count("minItems"), try keywords.count("maxItems"))
        rules.least = least ?? 0
        rules.most = most ?? Int.max
        rules.isUnique = try keywords.boolean("uniqueItems") ?? false
        guard
            !rules.prefix.isEmpty || rules.items >= 0 || rules.contains >= 0 || least != nil || most != nil
                || rules.isUnique
        else { return -1 }
        program.arrays.append(rules)
        return program.arrays.count - 1
    }

    mutating func objectRules(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> Int {
        let used = [
            "properties", "required", "patternProperties", "additionalProperties", "propertyNames", "minProperties",
            "maxProperties", "dependentRequired",
        ]
        guard used.contains(where: { keywords[$0] != nil }) else { return -1 }
        var rules = JSONSchemaObjectRules()
        let location = keywords.schema.location
        for member in try keywords.members("properties") {
            let place = location.appending("properties").appending(member.name)
            rules.name(member.name, rule: rule(member.value, keywords, place))
        }
        for name in try keywords.names("required") { rules.require(name) }
        for member in try keywords.members("patternProperties") {
            let place = location.appending("patternProperties").appending(member.name)
            rules.patterns.append((try Self.pattern(member.name, at: place), rule(member.value, keywords, place)))
        }
        rules.additional = rule("additionalProperties", keywords)
        rules.propertyNames = rule("propertyNames", keywords)
        rules.least = try keywords.count("minProperties") ?? 0
        rules.most = try keywords.count("maxProperties") ?? Int.max
        for member in try keywords.members("dependentRequired") {
            guard let needs = JSONSchemaKeywords.names(member.value) else {
                throw keywords.error("dependentRequired", "must map names to arrays of names")
            }
            rules.dependents.append((member.name, needs))
        }
        program.objects.append(rules)
        return program.objects.count - 1
    }

    mutating func combination(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> Int {
        var combination = JSONSchemaCombination()
        let location = keywords.schema.location
        if let reference = try keywords.string("$ref") {
            let place = location.appending("$ref")
            let target = try resources.resolve(reference, from: keywords.schema.resource, at: place)
            combination.all.append(rule(for: target.schema))
        }
        if let reference = try keywords.string("$dynamicRef") {
            let place = location.appending("$dynamicRef")
            let target = try resources.resolve(reference, from: keywords.schema.resource, at: place)
            let anchor = target.dynamicAnchor.map { dynamicAnchor(named: $0) } ?? -1
            combination.dynamic.append(.init(rule: rule(for: target.schema), anchor: anchor))
        }
        combination.all += try rules("allOf", keywords)
        combination.any = try rules("anyOf", keywords)
        combination.one = try rules("oneOf", keywords)
        combination.not = rule("not", keywords)
        combination.condition = rule("if", keywords)
        if combination.condition >= 0 {
            combination.then = rule("then", keywords)
            combination.otherwise = rule("else", keywords)
        }
        for member in try keywords.members("dependentSchemas") {
            let place = location.appending("dependentSchemas").appending(member.name)
            combination.dependents.append((member.name, rule(member.value, keywords, place)))
        }
        combination.unevaluatedProperties = rule("unevaluatedProperties", keywords)
        combination.unevaluatedItems = rule("unevaluatedItems", keywords)
        let unevaluated = max(combination.unevaluatedProperties, combination.unevaluatedItems)
        guard !combination.inPlace(withDynamic: true).isEmpty || unevaluated >= 0 else { return -1 }
        program.combinations.append(combination)
        return program.combinations.count - 1
    }
}
