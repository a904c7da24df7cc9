/// Reads a JSON text once, from the first byte to the last, and says where its values are.
///
/// The same code serves those who want the tape and those who only want to know that a text is well formed, so both
/// agree on what is acceptable.
enum JSONScanner {
    /// Scans a whole text into a tape.
    static func tape(of text: Span<UInt8>, limits: JSONLimits) throws(JSONParseError) -> JSONTape {
        guard text.count <= limits.bytes else { throw JSONParseError(.tooLarge(limit: limits.bytes), at: limits.bytes) }
        try checkEncoding(of: text)
        var tape = JSONTape(capacity: text.count / 8 + 4)
        var cursor = 0
        try scanTree(text, &cursor, into: &tape, limits: limits)
        skipSpace(text, &cursor)
        guard cursor == text.count else { throw JSONParseError(.trailingBytes, at: cursor) }
        return tape
    }

    private static func checkEncoding(of text: Span<UInt8>) throws(JSONParseError) {
        do {
            _ = try UTF8Span(validating: text)
        } catch {
            throw JSONParseError(.invalidUTF8, at: error.byteOffsets.lowerBound)
        }
    }

    /// The loop over the containers that are open, which takes the place of recursion: depth costs no stack.
    private static func scanTree(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        into tape: inout JSONTape,
        limits: JSONLimits
    ) throws(JSONParseError) {
        var open: [Int] = []
        var expectsValue = true
        while true {
            skipSpace(text, &cursor)
            if expectsValue {
                let start = cursor
                let byte = try self.byte(text, cursor)
                if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                    guard open.count < limits.depth else {
                        throw JSONParseError(.tooDeep(limit: limits.depth), at: start)
                    }
                    let isObject = byte == UInt8(ascii: "{")
                    open.append(tape.open(isObject ? .object : .array, at: start))
                    cursor += 1
                    expectsValue = try begin(text, &cursor, isObject: isObject, into: &tape)
                } else {
                    try scanScalar(byte, text, &cursor, into: &tape)
                    expectsValue = false
                }
            } else {
                guard let container = open.last else { return }
                let isObject = tape.entries[container].kind == .object
                if try advance(text, &cursor, isObject: isObject, into: &tape) {
                    expectsValue = true
                } else {
                    tape.close(container, at: cursor)
                    open.removeLast()
                    if isObject, limits.refusesDuplicateNames {
                        try JSONDuplicateNames.check(object: container, of: tape, in: text)
                    }
                }
                if open.isEmpty { return }
            }
        }
    }

    /// After an opening bracket: true when a value follows, false when the container is empty (nothing consumed).
    private static func begin(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        isObject: Bool,
        into tape: inout JSONTape
    ) throws(JSONParseError) -> Bool {
        skipSpace(text, &cursor)
        let byte = try self.byte(text, cursor)
        if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return false }
        if isObject { try scanName(text, &cursor, into: &tape) }
        return true
    }

    /// After a value inside a container: true when another value follows, false when the container has ended.
    private static func advance(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        isObject: Bool,
        into tape: inout JSONTape
    ) throws(JSONParseError) -> Bool {
        let byte = try self.byte(text, cursor)
        if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            cursor += 1
            return false
        }
        guard byte == UInt8(ascii: ",") else { throw JSONParseError(.unexpectedByte(byte), at: cursor) }
        cursor += 1
        if isObject {
            skipSpace(text, &cursor)
            try scanName(text, &cursor, into: &tape)
        }
        return true
    }

    private static func scanName(
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        into tape: inout JSONTape
    ) throws(JSONParseError) {
        let byte = try self.byte(text, cursor)
        guard byte == UInt8(ascii: "\"") else { throw JSONParseError(.unexpectedByte(byte), at: cursor) }
        try scanString(text, &cursor, into: &tape)
        skipSpace(text, &cursor)
        let colon = try self.byte(text, cursor)
        guard colon == UInt8(ascii: ":") else { throw JSONParseError(.unexpectedByte(colon), at: cursor) }
        cursor += 1
    }

    private static func scanScalar(
        _ byte: UInt8,
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        into tape: inout JSONTape
    ) throws(JSONParseError) {
        switch byte {
        case UInt8(ascii: "\""): try scanString(text, &cursor, into: &tape)
        case UInt8(ascii: "t"): try scanLiteral("true", .true, text, &cursor, into: &tape)
        case UInt8(ascii: "f"): try scanLiteral("false", .false, text, &cursor, into: &tape)
        case UInt8(ascii: "n"): try scanLiteral("null", .null, text, &cursor, into: &tape)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber(text, &cursor, into: &tape)
        default: throw JSONParseError(.unexpectedByte(byte), at: cursor)
        }
    }

    private static func scanLiteral(
        _ literal: StaticString,
        _ kind: JSONTape.Kind,
        _ text: Span<UInt8>,
        _ cursor: inout Int,
        into tape: inout JSONTape
    ) throws(JSONParseError) {
        let start = cursor
        for expected in literal.description.utf8 {
            let byte = try self.byte(text, cursor)
            guard byte == expected else { throw JSONParseError(.unexpectedByte(byte), at: cursor) }
            cursor += 1
        }
        tape.append(kind, from: start, to: cursor)
    }

    static func skipSpace(_ text: Span<UInt8>, _ cursor: inout Int) {
        while cursor < text.count {
            switch text[cursor] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): cursor += 1
            default: return
            }
        }
    }

    static func byte(_ text: Span<UInt8>, _ cursor: Int) throws(JSONParseError) -> UInt8 {
        guard cursor < text.count else { throw JSONParseError(.unexpectedEnd, at: cursor) }
        return text[cursor]
    }
}
