extension JSONScanner {
    /// A string with its quotes; escapes are checked here and decoded only when somebody asks (RFC 8259 section 7).
    static func scanString(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        into tape: inout JSONTape
    ) throws(JSONParseError) {
        let start = cursor
        var hasEscapes = false
        cursor += 1
        while true {
            cursor = PlainRun.end(in: text, from: cursor)
            let byte = try self.byte(text, cursor)
            if byte == UInt8(ascii: "\"") { break }
            guard byte == UInt8(ascii: "\\") else { throw JSONParseError(.controlCharacter, at: cursor) }
            hasEscapes = true
            try scanEscape(text, &cursor)
        }
        cursor += 1
        tape.append(.string, from: start, to: cursor, isIndirect: hasEscapes)
    }

    private static func scanEscape(_ text: Span<UInt8>, _ cursor: inout Int) throws(JSONParseError) {
        let start = cursor
        switch try byte(text, cursor + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            cursor += 2
        case UInt8(ascii: "u"):
            let unit = try hexadecimal(text, cursor + 2)
            cursor += 6
            // Half a surrogate pair names no character; passing it on would make the text something else elsewhere.
            if (0xDC00...0xDFFF).contains(unit) { throw JSONParseError(.invalidEscape, at: start) }
            if (0xD800...0xDBFF).contains(unit) {
                guard try byte(text, cursor) == UInt8(ascii: "\\"), try byte(text, cursor + 1) == UInt8(ascii: "u"),
                    (0xDC00...0xDFFF).contains(try hexadecimal(text, cursor + 2))
                else { throw JSONParseError(.invalidEscape, at: start) }
                cursor += 6
            }
        default:
            throw JSONParseError(.invalidEscape, at: start)
        }
    }

    private static func hexadecimal(_ text: Span<UInt8>, _ start: Int) throws(JSONParseError) -> UInt32 {
        var value: UInt32 = 0
        for offset in start..<start + 4 {
            guard let digit = hexadecimalDigit(try byte(text, offset)) else {
                throw JSONParseError(.invalidEscape, at: offset)
            }
            value = value << 4 | digit
        }
        return value
    }

    static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// A number as RFC 8259 section 6 writes it: no leading zero, no lone point, no infinity.
    static func scanNumber(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        into tape: inout JSONTape
    ) throws(JSONParseError) {
        let start = cursor
        var isIndirect = false
        if text[cursor] == UInt8(ascii: "-") { cursor += 1 }
        if cursor < text.count, text[cursor] == UInt8(ascii: "0") {
            cursor += 1
        } else {
            try scanDigits(text, &cursor, of: start)
        }
        if cursor < text.count, text[cursor] == UInt8(ascii: ".") {
            isIndirect = true
            cursor += 1
            try scanDigits(text, &cursor, of: start)
        }
        if cursor < text.count, text[cursor] == UInt8(ascii: "e") || text[cursor] == UInt8(ascii: "E") {
            isIndirect = true
            cursor += 1
            if cursor < text.count, text[cursor] == UInt8(ascii: "+") || text[cursor] == UInt8(ascii: "-") {
                cursor += 1
            }
            try scanDigits(text, &cursor, of: start)
        }
        if cursor < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[cursor]) {
            throw JSONParseError(.invalidNumber, at: start)
        }
        tape.append(.number, from: start, to: cursor, isIndirect: isIndirect)
    }

    private static func scanDigits(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        of start: Int
    ) throws(JSONParseError) {
        let first = cursor
        while cursor < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[cursor]) {
            cursor += 1
        }
        guard cursor > first else { throw JSONParseError(.invalidNumber, at: start) }
    }
}
