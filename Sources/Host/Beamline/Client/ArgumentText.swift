import JSON

/// Turns `key=value` into arguments of the types a tool's input schema asks for.
enum ArgumentText {
    /// The arguments object.
    /// - Throws: `CommandFailure` for a text without `=`, or a value that is not of its property's type.
    static func arguments(_ texts: [String], schema: JSONValue?) throws -> JSONValue {
        var arguments = JSONObject()
        for text in texts {
            guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
                throw CommandFailure.usage("\(text): arguments are written key=value.")
            }
            let name = String(text[..<mark])
            let value = String(text[text.index(after: mark)...])
            arguments[name] = try Self.value(value, name: name, schema: schema?["properties"]?[name])
        }
        return .object(arguments)
    }

    private static func value(_ text: String, name: String, schema: JSONValue?) throws -> JSONValue {
        switch schema?["type"]?.string ?? schema?["type"]?.array?.first?.string {
        case "string": return .string(text)
        case "integer", "number", "boolean", "array", "object", "null":
            guard let value = try? JSONValue(parsing: text) else {
                throw CommandFailure.usage("\(name): \(text) is not the JSON this argument takes.")
            }
            return value
        // Without a schema the gateway decides; what reads as JSON is sent as JSON.
        default: return (try? JSONValue(parsing: text)) ?? .string(text)
        }
    }
}
