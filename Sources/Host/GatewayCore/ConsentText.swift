import JSON

/// What a user is asked about a call: every argument by its name, each as far as it can be read.
///
/// Nothing can be hidden behind something long, and nothing hides or reorders the words around it.
enum ConsentText {
    /// How many characters of a name or an argument are shown; of a longer one, its beginning and its end.
    private static let shown = 300
    private static let shownEnd = 60
    /// The longest text; with more arguments than fit nobody can be asked.
    private static let longest = 8000

    /// The text; nil when there is more than a person can be shown.
    static func text(of name: String, arguments: ArraySlice<UInt8>) -> String? {
        var text = "Allow \(name) to start, change or end something?"
        guard let root = try? JSONDocument(parsing: arguments, limits: JSONLimits(depth: 1000)).root else { return nil }
        for member in root.members {
            // Written anew, so that no space between its parts is left.
            let value = String(decoding: member.value.value.serialized, as: UTF8.self)
            text += "\n\(plain(member.name)): \(plain(value))"
            guard text.unicodeScalars.count <= longest else { return nil }
        }
        return text
    }

    /// The text with what would be hidden written out, and its middle left out when it is long.
    private static func plain(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > shown else { return visible(scalars[...]) }
        let left = scalars.count - shown
        return visible(scalars.prefix(shown - shownEnd)) + " […\(left) more characters…] "
            + visible(scalars.suffix(shownEnd))
    }

    private static func visible(_ scalars: Substring.UnicodeScalarView) -> String {
        var visible = ""
        for scalar in scalars {
            if scalar.isHidden {
                visible += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
        case .spaceSeparator: self != " "
        default: false
        }
    }
}
