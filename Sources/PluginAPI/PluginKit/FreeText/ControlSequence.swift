/// The sequences by which text commands a terminal (ECMA-48, section 5), introduced by an escape or in their 8-bit form.
enum ControlSequence {
    private static let escape: UInt32 = 0x1B
    private static let terminator: UInt32 = 0x9C

    static func isIntroducer(_ scalar: UInt32) -> Bool {
        switch scalar {
        case escape, 0x90, 0x98, 0x9B, 0x9D...0x9F: true
        default: false
        }
    }

    /// Passes over what belongs to the sequence that `introducer` begins.
    static func skip(_ introducer: UInt32, _ rest: inout ScalarReader) {
        guard introducer == escape else {
            if introducer == 0x9B { skipParameters(&rest) } else { skipString(&rest) }
            return
        }
        switch rest.peek() {
        case UInt32(UInt8(ascii: "[")):
            _ = rest.next()
            skipParameters(&rest)
        case UInt32(UInt8(ascii: "]")), UInt32(UInt8(ascii: "P")), UInt32(UInt8(ascii: "X")),
            UInt32(UInt8(ascii: "^")), UInt32(UInt8(ascii: "_")):
            _ = rest.next()
            skipString(&rest)
        default:
            while rest.skip(0x20...0x2F) {}
            _ = rest.skip(0x30...0x7E)
        }
    }

    /// Parameters, then one final byte; what cannot be part of them ends the sequence and stays.
    private static func skipParameters(_ rest: inout ScalarReader) {
        while rest.skip(0x20...0x3F) {}
        _ = rest.skip(0x40...0x7E)
    }

    /// Everything up to the terminator or a bell.
    ///
    /// A string that does not end on its line is none: what it would have hidden stays.
    private static func skipString(_ rest: inout ScalarReader) {
        var ahead = rest
        while let scalar = ahead.next() {
            switch scalar {
            case 0x07, terminator:
                rest = ahead
                return
            case escape:
                if ahead.skip(0x5C...0x5C) { rest = ahead }
                return
            case 0x09: break
            case 0x00...0x1F, 0x80...0x9F: return
            default: break
            }
        }
    }
}
