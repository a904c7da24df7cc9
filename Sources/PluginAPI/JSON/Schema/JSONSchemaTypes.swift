/// The types a schema allows.
struct JSONSchemaTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = JSONSchemaTypes(rawValue: 1)
    static let boolean = JSONSchemaTypes(rawValue: 2)
    static let integer = JSONSchemaTypes(rawValue: 4)
    static let number = JSONSchemaTypes(rawValue: 8)
    static let string = JSONSchemaTypes(rawValue: 16)
    static let array = JSONSchemaTypes(rawValue: 32)
    static let object = JSONSchemaTypes(rawValue: 64)
    static let all = JSONSchemaTypes(rawValue: 127)

    private static let names: [(name: String, phrase: String, type: JSONSchemaTypes)] = [
        ("string", "a string", .string), ("integer", "an integer", .integer), ("number", "a number", .number),
        ("boolean", "a boolean", .boolean), ("array", "an array", .array), ("object", "an object", .object),
        ("null", "null", .null),
    ]

    /// The type with the name that the specification gives it.
    static func named(_ name: String) -> JSONSchemaTypes? {
        names.first { $0.name == name }?.type
    }

    /// Whether a value is of one of the types.
    func accept(_ node: JSONNode) -> Bool {
        switch node.entry.kind {
        case .null: contains(.null)
        case .true, .false: contains(.boolean)
        case .number: contains(.number) || contains(.integer) && node.isInteger
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }

    /// The types as the end of a sentence: `a string or null`.
    var phrase: String {
        let phrases = Self.names.filter { contains($0.type) && !($0.type == .integer && contains(.number)) }.map(
            \.phrase
        )
        guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "nothing" }
        return phrases.dropLast().joined(separator: ", ") + " or " + last
    }
}
