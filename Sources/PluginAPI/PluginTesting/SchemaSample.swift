import JSON

/// Makes an example that fits an input schema.
enum SchemaSample {
    /// Only what is required.
    case smallest
    /// Every property.
    case largest

    func value(for schema: JSONValue) -> JSONValue {
        if let first = schema["enum"]?.array?.first { return first }
        if let value = schema["const"] ?? schema["default"] { return value }
        switch schema["type"]?.string ?? schema["type"]?.array?.first?.string {
        case "object": return object(for: schema)
        case "array": return .array(schema["items"].map { [value(for: $0)] } ?? [])
        case "integer": return .integer(schema["minimum"]?.integer ?? 1)
        case "number": return .double(schema["minimum"]?.double ?? 1.5)
        case "boolean": return true
        case "string": return .string(Self.text(of: schema))
        default: return .null
        }
    }

    private func object(for schema: JSONValue) -> JSONValue {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        var object = JSONObject()
        for property in schema["properties"]?.object?.members ?? []
        where self == .largest || required.contains(property.name) {
            object[property.name] = value(for: property.value)
        }
        return .object(object)
    }

    private static func text(of schema: JSONValue) -> String {
        schema["format"]?.string == "date-time" ? "2026-01-02T03:04:05Z" : "text"
    }
}
