import JSON

/// JSON with a line for each member, for people.
enum ReadableJSON {
    static func text(_ value: JSONValue, indent: String = "") -> String {
        let inner = indent + "  "
        switch value {
        case .object(let object) where object.count > 0:
            let members = object.members.map { member in
                "\(inner)\(compact(.string(member.name))): \(text(member.value, indent: inner))"
            }
            return "{\n\(members.joined(separator: ",\n"))\n\(indent)}"
        case .array(let elements) where !elements.isEmpty:
            return "[\n\(elements.map { inner + text($0, indent: inner) }.joined(separator: ",\n"))\n\(indent)]"
        default:
            return compact(value)
        }
    }

    private static func compact(_ value: JSONValue) -> String {
        String(decoding: value.serialized, as: UTF8.self)
    }
}
