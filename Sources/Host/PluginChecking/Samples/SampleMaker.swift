import JSON

/// Makes one value that a schema probably allows; whoever uses it checks.
struct SampleMaker {
    enum Size: CaseIterable {
        /// Only what is required, the smallest of everything.
        case smallest
        /// Every property, and what is usual for its kind.
        case usual
        /// Every property, numbers and texts as large as is allowed.
        case largest
    }

    let root: JSONValue
    let size: Size

    func value(for schema: JSONValue, depth: Int = 0) -> JSONValue {
        guard depth < 12 else { return .null }
        if let pointer = schema["$ref"]?.string { return value(for: target(of: pointer), depth: depth + 1) }
        if let value = schema["const"] { return value }
        if let values = schema["enum"]?.array, !values.isEmpty {
            return size == .largest ? values[values.count - 1] : values[0]
        }
        if size == .usual, let value = schema["examples"]?.array?.first ?? schema["default"] { return value }
        if let choice = (schema["oneOf"] ?? schema["anyOf"])?.array?.first, schema["type"] == nil {
            return value(for: choice, depth: depth + 1)
        }
        let types = schema["type"]?.string.map { [$0] } ?? (schema["type"]?.array ?? []).compactMap(\.string)
        let implied = schema["properties"] == nil ? "null" : "object"
        switch types.first(where: { $0 != "null" }) ?? types.first ?? implied {
        case "object": return object(for: schema, depth)
        case "array": return array(for: schema, depth)
        case "integer": return .integer(Int(number(for: schema, otherwise: 1)))
        case "number": return .double(number(for: schema, otherwise: 1.5))
        case "boolean": return .bool(size != .smallest)
        case "string": return .string(text(for: schema))
        default: return .null
        }
    }

    private func target(of pointer: String) -> JSONValue {
        guard pointer.hasPrefix("#") else { return .null }
        return pointer.dropFirst().split(separator: "/").reduce(root) { value, token in
            value[String(token).replacing("~1", with: "/").replacing("~0", with: "~")] ?? .null
        }
    }

    private func object(for schema: JSONValue, _ depth: Int) -> JSONValue {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        var object = JSONObject()
        for property in schema["properties"]?.object?.members ?? []
        where size != .smallest || required.contains(property.name) {
            object[property.name] = value(for: property.value, depth: depth + 1)
        }
        return .object(object)
    }

    private func array(for schema: JSONValue, _ depth: Int) -> JSONValue {
        let least = schema["minItems"]?.integer ?? 0
        let count = size == .smallest ? least : max(least, 1)
        return .array((0..<min(count, 16)).map { _ in value(for: schema["items"] ?? .null, depth: depth + 1) })
    }

    private func number(for schema: JSONValue, otherwise: Double) -> Double {
        let least = schema["minimum"]?.double ?? schema["exclusiveMinimum"]?.double.map { $0 + 1 }
        let most = schema["maximum"]?.double ?? schema["exclusiveMaximum"]?.double.map { $0 - 1 }
        let wanted =
            switch size {
            case .smallest: least ?? min(0, most ?? 0)
            case .usual: min(max(otherwise, least ?? otherwise), most ?? .infinity)
            case .largest: most ?? max(least ?? 0, 1_000_000)
            }
        let step = schema["multipleOf"]?.double ?? 0
        let fitting = step > 0 ? (wanted / step).rounded(.down) * step : wanted
        // Whole numbers of this size are exact in a double, and every host has them.
        return min(max(fitting, -9e15), 9e15)
    }

    private func text(for schema: JSONValue) -> String {
        switch schema["format"]?.string {
        case "date-time": return "2026-01-02T03:04:05Z"
        case "date": return "2026-01-02"
        case "uri": return "https://example.org/"
        case "email": return "ada@example.org"
        case "uuid": return "6f1c2c5e-0f0b-4c43-8f0b-2f6a3f7d9c11"
        default: break
        }
        let least = schema["minLength"]?.integer ?? 0
        let most = schema["maxLength"]?.integer ?? 4096
        switch size {
        case .smallest: return String(repeating: "a", count: min(least, 4096))
        case .usual: return String("text".prefix(most)) + String(repeating: "a", count: max(0, min(least, 4096) - 4))
        case .largest: return String(repeating: "ü", count: min(most, 4096))
        }
    }
}
