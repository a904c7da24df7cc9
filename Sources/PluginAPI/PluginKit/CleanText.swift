/// Makes free text from logs, users and other systems fit to pass on: it is data, and stays nothing but data.
public enum CleanText {
    /// Removes control, ANSI, bidirectional and zero-width characters; keeps line breaks and tabs.
    ///
    /// At most `limit` characters are kept; a cut is shown by an ellipsis.
    public static func plain(_ text: String, limit: Int = 4096) -> String {
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        var count = 0
        while let scalar = scalars.next() {
            if scalar == "\u{1B}" {
                skipANSI(&scalars)
            } else if isHarmless(scalar) {
                if count == limit {
                    result.append("…")
                    break
                }
                result.append(scalar)
                count += 1
            }
        }
        return String(result)
    }

    /// After an escape: `[`, parameters, one final byte; anything else is a sequence of one character.
    private static func skipANSI(_ scalars: inout String.UnicodeScalarView.Iterator) {
        guard scalars.next() == "[" else { return }
        while let scalar = scalars.next() {
            if ("\u{40}"..."\u{7E}").contains(scalar) { return }
        }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: true
        case 0x00...0x1F, 0x7F...0x9F: false
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: false
        case 0xE0000...0xE0FFF: false
        default: true
        }
    }
}
