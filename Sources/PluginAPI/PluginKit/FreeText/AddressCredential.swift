/// User and password in an address (RFC 3986, section 3.2.1).
enum AddressCredential {
    private static let longest = 512

    /// In the address whose scheme ends at a place.
    static func find(in text: SearchedText, at colon: Int) -> CredentialRange? {
        guard text.has("://", at: colon), SearchedText.isAlphanumeric(text[colon - 1]) else { return nil }
        let start = colon + 3
        var hasPassword = false
        var end: Int?
        var position = start
        scan: while position < min(text.count, start + longest) {
            switch text[position] {
            case 0...0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""),
                UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                break scan
            case UInt8(ascii: "["):
                // What was taken out before may have joined an address and something else.
                if text.has(Redaction.replacement, at: position) { break scan }
            case UInt8(ascii: ":"): if end == nil { hasPassword = true }
            case UInt8(ascii: "@"): end = position
            default: break
            }
            position += 1
        }
        guard let end, hasPassword, end > start else { return nil }
        return CredentialRange(start: start, end: end)
    }
}
