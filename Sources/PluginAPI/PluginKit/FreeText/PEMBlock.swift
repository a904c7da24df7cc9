/// Keys and certificates in their textual form (RFC 7468): a grid proxy is both.
enum PEMBlock {
    /// The shortest line that is taken for one of a key whose beginning or end is missing.
    private static let shortestLine = 40
    private static let longestLabel = 48

    /// The bytes at which one is found.
    static let begins: [Bool] = (0...UInt8.max).map { $0 == UInt8(ascii: "-") }

    static func find(in text: SearchedText, at position: Int, floor: Int) -> CredentialRange? {
        guard text[position] == UInt8(ascii: "-") else { return nil }
        if text.has("-----begin ", at: position) {
            return isKnown(text, position + 11) ? CredentialRange(start: position, end: end(in: text, position)) : nil
        }
        guard text.has("-----end ", at: position), isKnown(text, position + 9) else { return nil }
        guard let start = beginning(in: text, before: position, floor: floor) else { return nil }
        return CredentialRange(start: start, end: pastLabel(in: text, position + 9))
    }

    /// Whether a label is that of a key or certificate.
    private static func isKnown(_ text: SearchedText, _ label: Int) -> Bool {
        let words = text.word(label..<min(label + longestLabel, text.end(from: label, while: isLabel)))
        return ["key", "certificate", "pgp", "pkcs", "cms", "encrypted"].contains { words.contains($0) }
    }

    /// The end of the block; without its last line, that of the lines that look like its content.
    private static func end(in text: SearchedText, _ start: Int) -> Int {
        let body = pastLabel(in: text, start + 11)
        var position = body
        while position < text.count {
            if text[position] == UInt8(ascii: "-") {
                if text.has("-----end ", at: position) { return pastLabel(in: text, position + 9) }
                if text.has("-----begin ", at: position) { break }
            }
            position += 1
        }
        var end = body
        var whole = 0
        while end < text.count {
            let line = pastBreak(in: text, end)
            guard line > end else { break }
            if isHeading(text, line) {
                end = text.end(from: line) { $0 != UInt8(ascii: "\n") }
                continue
            }
            let lineEnd = text.end(from: line, while: isContent)
            let isLong = lineEnd - line >= shortestLine
            // Where the text was cut, the last line of a key is short.
            let isLast = lineEnd == text.count || whole > 0 && lineEnd > line && text[lineEnd] == UInt8(ascii: "\n")
            guard isLong || isLast else { break }
            end = lineEnd
            whole += 1
            if !isLong { break }
        }
        return end
    }

    /// Where the lines of a key begin whose first line is missing; nil when there are none.
    private static func beginning(in text: SearchedText, before end: Int, floor: Int) -> Int? {
        var start = end
        var whole = 0
        while start > floor, text[start - 1] == UInt8(ascii: "\n") {
            var line = start - 1
            while line > floor, isContent(text[line - 1]) { line -= 1 }
            guard line == floor || text[line - 1] == UInt8(ascii: "\n") else { break }
            let length = start - 1 - line
            // The last line of a key may be short.
            guard length >= shortestLine || start == end && length > 0 else { break }
            if length >= shortestLine { whole += 1 }
            start = line
        }
        return whole > 0 ? start : nil
    }

    /// Past `RSA PRIVATE KEY-----`.
    private static func pastLabel(in text: SearchedText, _ start: Int) -> Int {
        text.end(from: text.end(from: start, while: isLabel)) { $0 == UInt8(ascii: "-") }
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        SearchedText.isAlphanumeric(byte) || byte == UInt8(ascii: " ")
    }

    /// Past line feeds and blanks, and the two characters that stand for a line feed in a quoted text.
    private static func pastBreak(in text: SearchedText, _ start: Int) -> Int {
        var position = start
        while true {
            if text[position] == UInt8(ascii: "\n") || text[position] == UInt8(ascii: " ") {
                position += 1
            } else if text.has("\\n", at: position) || text.has("\\r", at: position) {
                position += 2
            } else {
                return position
            }
        }
    }

    /// `Proc-Type: 4,ENCRYPTED` and the like (RFC 1421).
    private static func isHeading(_ text: SearchedText, _ line: Int) -> Bool {
        text.has("proc-type:", at: line) || text.has("dek-info:", at: line)
    }

    private static func isContent(_ byte: UInt8) -> Bool {
        SearchedText.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "=")
    }
}
