import JSON

/// The words of JSON Schema that the kinds of value need.
enum SchemaText {
    /// A time in our notation.
    static let time: JSONValue = "^[0-9]+(ms|s|m|h|d)$"

    /// A schema of one type with its meaning.
    static func value(_ type: String, _ meaning: String, _ further: [(String, JSONValue)] = []) -> JSONValue {
        object([("description", .string(meaning)), ("type", .string(type))] + further)
    }

    static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(JSONObject(members: members.map { .init(name: $0.0, value: $0.1) }))
    }

    static func words(_ words: [String]) -> JSONValue {
        .array(words.map { .string($0) })
    }

    /// One text, or a list of them.
    static func texts(
        _ meaning: String,
        of element: JSONValue = ["type": "string"],
        default standard: [String]
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("description", .string(meaning)),
            ("anyOf", .array([element, object([("type", "array"), ("items", element)])])),
        ]
        if !standard.isEmpty { members.append(("default", words(standard))) }
        return object(members)
    }

    /// A reference to a secret.
    static let secret: JSONValue = [
        "oneOf": [
            [
                "type": "object", "properties": ["file": ["type": "string"]], "required": ["file"],
                "additionalProperties": false,
            ],
            [
                "type": "object", "properties": ["env": ["type": "string"]], "required": ["env"],
                "additionalProperties": false,
            ],
        ]
    ]
}
