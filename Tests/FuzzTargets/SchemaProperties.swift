import JSON

/// Whatever a schema or pattern is, it ends, and says the same twice.
enum SchemaProperties {
    static func fault(inPattern bytes: [UInt8]) -> String? {
        guard let (pattern, text) = parts(of: bytes) else { return nil }
        let schema: JSONValue = ["type": "string", "pattern": .string(pattern)]
        return fault(schema, .string(text))
    }

    /// The bytes are an array of a schema and a value.
    static func fault(inSchema bytes: [UInt8]) -> String? {
        guard let pair = (try? JSONValue(parsing: bytes))?.array, pair.count == 2 else { return nil }
        return fault(pair[0], pair[1])
    }

    private static func fault(_ schema: JSONValue, _ value: JSONValue) -> String? {
        for options in [JSONSchema.Options(stepLimit: 10_000), .toolInput] {
            guard let compiled = try? JSONSchema(compiling: schema, options: options) else { continue }
            guard let document = try? JSONDocument(parsing: value.serialized) else { return "a value cannot be read" }
            let found = compiled.violations(in: document.root, limit: 3)
            guard found.count <= 3 else { return "more violations than asked for" }
            guard compiled.violations(in: document.root, limit: 3) == found else { return "violations change" }
            let first = compiled.violations(in: document.root, limit: 1)
            guard first.isEmpty == found.isEmpty else { return "whether a value fits depends on how many ask" }
        }
        return nil
    }
}
