/// Turns the bytes of scalars, already checked by the scanner, into values.
enum JSONText {
    /// The text of a string entry, escapes decoded.
    static func string(_ entry: JSONTape.Entry, in text: Span<UInt8>) -> String {
        String(decoding: utf8(entry, in: text), as: UTF8.self)
    }

    /// The bytes of a string entry's text, escapes decoded.
    static func utf8(_ entry: JSONTape.Entry, in text: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(entry.end - entry.start))
        var cursor = Int(entry.start) + 1
        let end = Int(entry.end) - 1
        while cursor < end {
            let byte = text[cursor]
            if byte == UInt8(ascii: "\\") {
                decodeEscape(text, &cursor, into: &bytes)
            } else {
                bytes.append(byte)
                cursor += 1
            }
        }
        return bytes
    }

    private static func decodeEscape(_ text: Span<UInt8>, _ cursor: inout Int, into bytes: inout [UInt8]) {
        let kind = text[cursor + 1]
        cursor += 2
        switch kind {
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = unit(text, &cursor)
            if (0xD800...0xDBFF).contains(scalar) {
                cursor += 2
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(text, &cursor) - 0xDC00)
            }
            bytes.append(contentsOf: String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
        default: bytes.append(kind)
        }
    }

    private static func unit(_ text: Span<UInt8>, _ cursor: inout Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in cursor..<cursor + 4 {
            value = value << 4 | (JSONScanner.hexadecimalDigit(text[offset]) ?? 0)
        }
        cursor += 4
        return value
    }

    /// The value of a number: an integer where it is written as one and fits, else a double, else the literal.
    static func number(_ entry: JSONTape.Entry, in text: Span<UInt8>) -> JSONValue {
        if entry.isIndirect {
            if let value = double(entry, in: text) { return .double(value) }
        } else if let value: Int = integer(entry, in: text) {
            return .integer(value)
        }
        return .decimal(literal(entry, in: text))
    }

    /// The double nearest to a number, or nil when it is beyond the finite ones.
    static func double(_ entry: JSONTape.Entry, in text: Span<UInt8>) -> Double? {
        // Up to 2⁵³ every integer is a double, so the slow correct conversion has nothing to round.
        if !entry.isIndirect, let value: Int = integer(entry, in: text), value != 0, value.magnitude <= 1 << 53 {
            return Double(value)
        }
        return Double(literal(entry, in: text)).flatMap { $0.isFinite ? $0 : nil }
    }

    /// The integer a number is, exactly, in the type asked for; also for `3.0` and `1e3`.
    static func integer<Integer: FixedWidthInteger>(_ entry: JSONTape.Entry, in text: Span<UInt8>) -> Integer? {
        guard !entry.isIndirect else { return JSONDecimal(entry, in: text).integer() }
        let isNegative = text[Int(entry.start)] == UInt8(ascii: "-")
        var value: Integer = 0
        for offset in Int(entry.start) + (isNegative ? 1 : 0)..<Int(entry.end) {
            let digit = Integer(truncatingIfNeeded: text[offset] - UInt8(ascii: "0"))
            let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) =
                isNegative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            guard !overflows, !carries else { return nil }
            value = sum
        }
        return value
    }

    private static func literal(_ entry: JSONTape.Entry, in text: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(entry.end - entry.start))
        for offset in Int(entry.start)..<Int(entry.end) {
            bytes.append(text[offset])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
