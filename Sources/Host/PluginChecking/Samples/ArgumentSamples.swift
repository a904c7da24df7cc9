import JSON

/// Makes arguments for a tool from its input schema: some that fit and some that do not.
struct ArgumentSamples: Sendable {
    /// Fits the schema; the shortest is first.
    let valid: [JSONValue]
    /// Objects that do not fit.
    let invalid: [JSONValue]

    /// Makes samples.
    /// - Parameters:
    ///   - schema: an object schema.
    ///   - recorded: arguments the author gave; those that fit come first.
    init(_ schema: JSONValue, recorded: [JSONValue] = []) {
        let compiled = try? JSONSchema(compiling: schema, options: .toolInput)
        func fits(_ value: JSONValue) -> Bool {
            guard let compiled, let document = try? JSONDocument(parsing: value.serialized) else { return false }
            return compiled.violations(in: document.root, limit: 1).isEmpty
        }
        var seen: Set<JSONValue> = []
        let made = SampleMaker.Size.allCases.map { SampleMaker(root: schema, size: $0).value(for: schema) }
        valid = (recorded + made).filter { fits($0) && seen.insert($0).inserted }
        invalid = Self.wrong(schema, base: valid.first).filter { !fits($0) }
    }

    private static func wrong(_ schema: JSONValue, base: JSONValue?) -> [JSONValue] {
        let whole = base?.object ?? JSONObject()
        var wrong: [JSONValue] = [.object(JSONObject())]
        var more = whole
        more["no_such_argument"] = 1
        wrong.append(.object(more))
        let values: [JSONValue] = [
            nil, true, -1, 1e300, "", .string(String(repeating: "x", count: 70_000)), .string("\u{0}\u{7}\"\\é🦆"),
            .array([.array([])]), .object(JSONObject()),
        ]
        for name in (schema["properties"]?.object?.names ?? []).prefix(8) {
            for value in values {
                var changed = whole
                changed[name] = value
                wrong.append(.object(changed))
            }
        }
        return wrong
    }
}
