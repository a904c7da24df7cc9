/// Makes text from a plugin fit to be shown to a caller.
enum CallerText {
    /// The longest text, in bytes of UTF-8.
    static let maximumBytes = 2 << 10

    /// The text without control, ANSI, bidirectional and zero-width characters, cut at a character; nil when nothing is left.
    static func cleaned(_ text: String?) -> String? {
        guard let text else { return nil }
        var cleaned = String.UnicodeScalarView()
        var bytes = 0
        var isInEscape = false
        for scalar in text.unicodeScalars {
            if isInEscape {
                // A control sequence ends with its first letter (ECMA-48 section 5.4).
                isInEscape = !(("A"..."Z").contains(scalar) || ("a"..."z").contains(scalar))
                continue
            }
            if scalar == "\u{1B}" {
                isInEscape = true
                continue
            }
            let kept: Unicode.Scalar = isBreak(scalar) ? " " : scalar
            guard !isHidden(kept) else { continue }
            bytes += UTF8.width(kept)
            guard bytes <= maximumBytes else { break }
            cleaned.append(kept)
        }
        let result = String(cleaned)
        return result.allSatisfy(\.isWhitespace) ? nil : result
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || scalar == "\r"
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Format covers the bidirectional and zero-width characters.
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
