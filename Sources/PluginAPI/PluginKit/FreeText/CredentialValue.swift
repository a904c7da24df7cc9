/// What stands behind the name of a credential.
enum CredentialValue {
    /// How much of one is enough to tell whether it is one.
    static let telling = 256

    /// The value that begins at a place, with or without quotation marks.
    ///
    /// Of one without them no more than `limit` bytes.
    static func range(in text: SearchedText, _ start: Int, limit: Int) -> Range<Int> {
        guard let first = pastMark(in: text, start) else { return bare(in: text, start, limit: limit) }
        return quoted(in: text, start, first) ?? bare(in: text, first, limit: limit)
    }

    /// How far the end of a quoted one is looked for.
    private static let longestQuoted = 16 << 10

    /// Past a quotation mark, which may be escaped, as in JSON within a text; nil when there is none.
    private static func pastMark(in text: SearchedText, _ start: Int) -> Int? {
        let mark = text[start] == UInt8(ascii: "\\") ? start + 1 : start
        return [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(text[mark]) ? mark + 1 : nil
    }

    /// What lies between two equal quotation marks; nil when the second is not on the line.
    private static func quoted(in text: SearchedText, _ start: Int, _ first: Int) -> Range<Int>? {
        let isEscaped = first - start > 1
        let mark = text[first - 1]
        var position = first
        while position < min(text.count, first + longestQuoted), text[position] >= 0x20 {
            if text[position] == UInt8(ascii: "\\") {
                if isEscaped, text[position + 1] == mark { return first..<position }
                position += 1
            } else if text[position] == mark {
                return first..<position
            }
            position += 1
        }
        return nil
    }

    /// A value up to a blank or a sign that ends it where it is written without quotation marks.
    private static func bare(in text: SearchedText, _ start: Int, limit: Int) -> Range<Int> {
        var end = start
        while end < text.count, end - start < limit {
            switch text[end] {
            case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"),
                UInt8(ascii: "}"):
                return start..<end
            case UInt8(ascii: ","), UInt8(ascii: "."):
                // That of a list or of a sentence.
                if text[end + 1] <= 0x20 { return start..<end }
            case UInt8(ascii: "\\"):
                // A mark or a line feed of a text in quotation marks.
                if [0x22, 0x27, 0x6E, 0x72].contains(text[end + 1]) { return start..<end }
            default: break
            }
            end += 1
        }
        return start..<end
    }
}
