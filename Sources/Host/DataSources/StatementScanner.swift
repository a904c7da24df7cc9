/// Splits an SQL statement into its parts, by PostgreSQL's rules for strings, names and comments.
///
/// Rules of SQLite that differ (names in brackets and back quotes, comments that do not nest) lead to refusals at
/// worst; the SQLite driver has a wall of its own.
struct StatementScanner {
    private let text: [UInt8]
    private var position = 0

    init(_ statement: String) {
        text = Array(statement.utf8)
    }

    /// The next part; nil at the end.
    mutating func next() throws(StatementRefusal) -> StatementToken? {
        try skipBlanks()
        guard let byte = peek() else { return nil }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            try skipQuoted(byte, escapes: false)
            return .operand
        case UInt8(ascii: "$"):
            try skipDollar()
            return .operand
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            skip { Self.continuesWord($0) || $0 == UInt8(ascii: ".") }
            return .operand
        case let first where Self.beginsWord(first):
            return try word()
        default:
            position += 1
            return .symbol(byte)
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < text.count ? text[position + ahead] : nil
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte = peek(), condition(byte) { position += 1 }
    }

    private mutating func skipBlanks() throws(StatementRefusal) {
        while let byte = peek() {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else if byte == UInt8(ascii: "-"), peek(1) == byte {
                skip { $0 != 0x0A && $0 != 0x0D }
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                try skipComment()
            } else {
                return
            }
        }
    }

    /// Comments nest (PostgreSQL manual, section 4.1.5).
    private mutating func skipComment() throws(StatementRefusal) {
        var depth = 0
        repeat {
            guard let byte = peek() else { throw .unfinished }
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
            } else {
                position += 1
            }
        } while depth > 0
    }

    /// A quote inside is written twice; with `escapes` a backslash also takes the next character along.
    private mutating func skipQuoted(_ quote: UInt8, escapes: Bool) throws(StatementRefusal) {
        position += 1
        while let byte = peek() {
            position += 1
            if escapes, byte == UInt8(ascii: "\\") {
                position += 1
            } else if byte == quote {
                guard peek() == quote else { return }
                position += 1
            }
        }
        throw .unfinished
    }

    /// `$1`, or a string `$tag$ … $tag$`; a dollar sign alone counts as a parameter without a number.
    private mutating func skipDollar() throws(StatementRefusal) {
        let start = position
        position += 1
        skip { Self.continuesWord($0) && $0 != UInt8(ascii: "$") }
        let tag = text[(start + 1)..<position]
        guard peek() == UInt8(ascii: "$"), tag.first.map(Self.beginsWord) ?? true else { return }
        position += 1
        let delimiter = text[start..<position]
        while position + delimiter.count <= text.count {
            if text[position..<position + delimiter.count] == delimiter {
                position += delimiter.count
                return
            }
            position += 1
        }
        throw .unfinished
    }

    private mutating func word() throws(StatementRefusal) -> StatementToken {
        let start = position
        skip(while: Self.continuesWord)
        let word = String(decoding: text[start..<position], as: UTF8.self).uppercased()
        // E'…' is the one string in which a backslash escapes.
        if word == "E", peek() == UInt8(ascii: "'") {
            try skipQuoted(UInt8(ascii: "'"), escapes: true)
            return .operand
        }
        return .word(word)
    }

    private static func beginsWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func continuesWord(_ byte: UInt8) -> Bool {
        beginsWord(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "$")
    }
}
