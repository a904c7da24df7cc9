extension JSONSchemaCompiler {
    func types(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> JSONSchemaTypes {
        guard let value = keywords["type"] else { return .all }
        let names = value.string.map { [$0] } ?? JSONSchemaKeywords.names(value) ?? []
        var types: JSONSchemaTypes = []
        for name in names {
            guard let type = JSONSchemaTypes.named(name) else {
                throw keywords.error("type", "names a type that does not exist")
            }
            types.formUnion(type)
        }
        guard !types.isEmpty else { throw keywords.error("type", "must be the name of a type or an array of names") }
        // An integer is a number, so all types together are those without it.
        return types.contains(.number) ? types.union(.integer) : types
    }

    mutating func constants(_ keyword: String, _ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> Int {
        guard let value = keywords[keyword] else { return -1 }
        var values = value
        if keyword == "const" {
            values = .array([value])
        } else if value.array == nil {
            throw keywords.error(keyword, "must be an array")
        }
        do throws(JSONParseError) {
            let limits = JSONLimits(depth: 1024, bytes: Int.max)
            let nodes = Array(try JSONDocument(parsing: values.serialized, limits: limits).root.elements)
            program.constants.append(JSONSchemaConstants(values: nodes, phrase: JSONSchemaText.phrase(of: nodes)))
        } catch {
            throw keywords.error(keyword, "holds a value that cannot be compared: \(error)")
        }
        return program.constants.count - 1
    }

    mutating func numberRules(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> Int {
        var rules = JSONSchemaNumberRules()
        let bounds = [
            ("minimum", false, false), ("exclusiveMinimum", false, true), ("maximum", true, false),
            ("exclusiveMaximum", true, true),
        ]
        for (keyword, isUpper, isExclusive) in bounds {
            guard let (literal, value) = try keywords.number(keyword) else { continue }
            rules.bounds.append(
                .init(
                    literal: literal,
                    value: value,
                    integer: value.integer(),
                    isUpper: isUpper,
                    isExclusive: isExclusive
                )
            )
        }
        if let divisor = try keywords.number("multipleOf") {
            guard !divisor.value.isNegative, !divisor.value.digits.isEmpty, divisor.value.coefficient != nil else {
                throw keywords.error("multipleOf", "must be greater than 0 and have at most 19 digits")
            }
            rules.multipleOf = divisor
        }
        guard !rules.bounds.isEmpty || rules.multipleOf != nil else { return -1 }
        program.numbers.append(rules)
        return program.numbers.count - 1
    }

    mutating func stringRules(_ keywords: JSONSchemaKeywords) throws(JSONSchemaError) -> Int {
        var rules = JSONSchemaStringRules()
        let (least, most) = (try keywords.count("minLength"), try keywords.count("maxLength"))
        rules.least = least ?? 0
        rules.most = most ?? Int.max
        if let pattern = try keywords.string("pattern") {
            rules.pattern = try Self.pattern(pattern, at: keywords.schema.location.appending("pattern"))
        }
        guard least != nil || most != nil || rules.pattern != nil else { return -1 }
        program.strings.append(rules)
        return program.strings.count - 1
    }

    static func pattern(_ text: String, at place: JSONSchemaLocation) throws(JSONSchemaError) -> JSONPattern {
        do throws(JSONPatternError) {
            return try JSONPattern(text)
        } catch {
            throw JSONSchemaError(path: place.path, message: "is a pattern that \(error.message)")
        }
    }
}
