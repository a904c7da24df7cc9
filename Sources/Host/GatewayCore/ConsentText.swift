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

    /// The question about a call as such.
    static func question(about name: String) -> String { "Allow \(name) to start, change or end something?" }

    /// The sheet; nil when there is more than a person can be shown.
    static func sheet(_ question: String, arguments: JSONNode?) -> ConsentSheet? {
        var lines: [ConsentSheet.Line] = []
        var length = question.unicodeScalars.count
        for member in arguments.map({ Array($0.members) }) ?? [] {
            // Written anew, so that no space between its parts is left.
            let value = String(decoding: member.value.value.serialized, as: UTF8.self)
            let line = ConsentSheet.Line(name: plain(member.name), value: plain(value))
            length += line.name.unicodeScalars.count + line.value.unicodeScalars.count + 3
            guard length <= longest else { return nil }
            lines.append(line)
        }
        return ConsentSheet(question: question, arguments: lines)
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
