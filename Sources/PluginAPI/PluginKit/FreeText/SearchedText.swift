/// A text that is searched for credentials, as bytes.
struct SearchedText {
    let bytes: [UInt8]

    init(_ text: String) {
        self.init(Array(text.utf8))
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    /// The byte at a place; zero before the beginning and past the end.
    subscript(position: Int) -> UInt8 {
        position >= 0 && position < bytes.count ? bytes[position] : 0
    }

    /// Whether a word stands there, given in lower case unless `exactly`.
    func has(_ word: String, at start: Int, exactly: Bool = false) -> Bool {
        guard start >= 0, start + word.utf8.count <= bytes.count else { return false }
        var position = start
        for letter in word.utf8 {
            guard (exactly ? bytes[position] : Self.lowercased(bytes[position])) == letter else { return false }
            position += 1
        }
        return true
    }

    /// Whether no letter or digit stands right before, of what lies behind `floor`; the end of `%20` is none.
    func isWordStart(_ position: Int, floor: Int) -> Bool {
        guard position > floor, Self.isAlphanumeric(self[position - 1]) else { return true }
        return self[position - 3] == UInt8(ascii: "%") && Self.isHexadecimal(self[position - 2])
            && Self.isHexadecimal(self[position - 1])
    }

    /// Where the bytes for which something holds end.
    func end(from start: Int, while holds: (UInt8) -> Bool) -> Int {
        var position = start
        while position < bytes.count, holds(bytes[position]) { position += 1 }
        return position
    }

    /// Past spaces and tabs.
    func pastBlanks(_ start: Int) -> Int {
        end(from: start) { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// The bytes in lower case.
    func word(_ range: Range<Int>) -> String {
        String(decoding: range.map { Self.lowercased(self[$0]) }, as: UTF8.self)
    }

    /// Whether bytes are unlike the words of a sentence and the names of a program: digits among letters, capitals in no
    /// order, or a long row of letters.
    func looksRandom(_ range: Range<Int>) -> Bool {
        var digits = 0
        var letters = 0
        var changes = 0
        for index in range {
            let byte = self[index]
            if Self.isDigit(byte) { digits += 1 }
            guard Self.isLetter(byte) else { continue }
            letters += 1
            let isChange = index > range.lowerBound && Self.isLetter(self[index - 1])
            if isChange, (byte ^ self[index - 1]) & 0x20 != 0 { changes += 1 }
        }
        if digits > 0 { return letters > 0 || range.count >= 24 }
        return changes * 10 >= range.count * 3 || changes == 0 && letters >= 16 && letters == range.count
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool { alphanumeric[Int(byte)] }

    private static let alphanumeric: [Bool] = (0...UInt8.max).map { isDigit($0) || isLetter($0) }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercased(byte))
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lowercased(byte))
    }

    /// What a token in a header field is made of (RFC 6750, section 2.1).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        if isAlphanumeric(byte) { return true }
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
            UInt8(ascii: "/"), UInt8(ascii: "="):
            return true
        default: return false
        }
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
