/// Base64 with the usual alphabet and padding (RFC 4648 section 4), as `Basic` credentials have it.
package enum Base64Text {
    /// The bytes; nil for anything but what encoding them gives.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count % 4 == 0, !text.contains("-"), !text.contains("_") else { return nil }
        var body = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        for _ in 0..<2 where body.last == UInt8(ascii: "=") { body.removeLast() }
        return Base64URL.decode(body)
    }

    /// The text of some bytes.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text = Base64URL.encode(bytes).map { character -> Character in
            switch character {
            case "-": "+"
            case "_": "/"
            default: character
            }
        }
        while text.count % 4 != 0 { text.append("=") }
        return String(text)
    }
}
