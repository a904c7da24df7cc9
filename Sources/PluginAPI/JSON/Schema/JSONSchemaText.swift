/// Words for messages.
enum JSONSchemaText {
    /// A name or value fit to be shown: without control and formatting characters and not longer than the limit.
    static func safe(_ text: String, limit: Int = 64) -> String {
        var result = String.UnicodeScalarView()
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < limit else { return String(result) + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                result.append("\u{FFFD}")
            default:
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// A count with its noun: `1 element`, `2 elements`.
    static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// Values as the end of a sentence, cut when there are many.
    static func phrase(of values: [JSONNode]) -> String {
        let most = 20
        let shown = values.prefix(most).map { node in
            node.string.map { "\"\(safe($0))\"" } ?? safe(String(decoding: node.bytes, as: UTF8.self))
        }
        guard values.count != 1 else { return shown.joined() }
        let rest = values.count > most ? " or \(values.count - most) others" : ""
        return "one of " + shown.joined(separator: ", ") + rest
    }
}
