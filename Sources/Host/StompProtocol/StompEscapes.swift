/// How a header's special characters are written (STOMP 1.1 and 1.2, "Value Encoding").
///
/// Frames that come before a version is agreed on have no escapes.
enum StompEscapes {
    private static let backslash = UInt8(ascii: "\\")

    /// A name or value as it is sent; nil when the version cannot express it.
    static func escaped(_ text: String, as version: StompVersion?, isName: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch (byte, version) {
            case (0, _): return nil
            case (UInt8(ascii: "\r"), .v1_2): bytes += [backslash, UInt8(ascii: "r")]
            // In 1.1 it is an ordinary character, but not for every peer.
            case (UInt8(ascii: "\r"), _): return nil
            case (UInt8(ascii: "\n"), nil): return nil
            case (UInt8(ascii: "\n"), _): bytes += [backslash, UInt8(ascii: "n")]
            case (UInt8(ascii: ":"), nil):
                if isName { return nil }
                bytes.append(byte)
            case (UInt8(ascii: ":"), _): bytes += [backslash, UInt8(ascii: "c")]
            case (backslash, .some): bytes += [backslash, backslash]
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    /// A name or value as it was meant.
    static func unescaped(_ bytes: ArraySlice<UInt8>, as version: StompVersion?) throws(StompFault) -> String {
        guard version != nil, bytes.contains(backslash) else { return try text(bytes) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == backslash else {
                plain.append(byte)
                continue
            }
            switch (rest.popFirst(), version) {
            case (UInt8(ascii: "n"), _): plain.append(UInt8(ascii: "\n"))
            case (UInt8(ascii: "c"), _): plain.append(UInt8(ascii: ":"))
            case (backslash, _): plain.append(backslash)
            case (UInt8(ascii: "r"), .v1_2): plain.append(UInt8(ascii: "\r"))
            default: throw .escape
            }
        }
        return try text(plain[...])
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(StompFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .encoding }
        return text
    }
}
