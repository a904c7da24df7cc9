/// The words with which HTTP announces a credential: `Bearer …`, `Basic …` (RFC 9110, section 11).
struct AuthenticationScheme {
    private let name: String
    /// How long a credential is at least that follows the bare word, without the name of a header field before it.
    private let shortest: Int
    /// Whether a long word in small letters can be one.
    private let takesWords: Bool

    private static let all: [AuthenticationScheme] = [
        .init(name: "bearer", shortest: 12, takesWords: true),
        .init(name: "basic", shortest: 8, takesWords: false),
        .init(name: "negotiate", shortest: 20, takesWords: false),
        .init(name: "macaroon", shortest: 20, takesWords: false),
    ]
    /// The ones that are only taken for what they are in a header field.
    private static let furtherNames = [
        "digest", "ntlm", "kerberos", "gssapi", "dpop", "oauth", "hawk", "aws4-hmac-sha256", "aws", "apikey", "token",
    ]

    /// How many schemes may stand before one credential, as in `Bearer Bearer …`.
    static let nested = 4

    /// Whether one may begin with a byte.
    static func begins(_ byte: UInt8) -> Bool { initials[Int(byte)] }

    private static let initials: [Bool] = (0...UInt8.max).map { byte in
        all.contains { $0.name.utf8.first == SearchedText.lowercased(byte) }
    }

    static func find(in text: SearchedText, at position: Int) -> CredentialRange? {
        guard begins(text[position]) else { return nil }
        var start = position
        var last: AuthenticationScheme?
        for _ in 0..<nested {
            guard let scheme = all.first(where: { text.has($0.name, at: start) }) else { break }
            guard let next = pastSeparator(in: text, start + scheme.name.utf8.count) else { break }
            start = next
            last = scheme
        }
        guard let last else { return nil }
        if let token = CredentialToken.find(in: text, at: start) {
            return CredentialRange(start: position, end: token.end)
        }
        var end = text.end(from: start, while: SearchedText.isTokenByte)
        while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard end - start >= last.shortest, text.looksRandom(start..<end) else { return nil }
        let isWord = (start..<end).allSatisfy { SearchedText.isLetter(text[$0]) } && !hasBothCases(text, start..<end)
        return isWord && !last.takesWords ? nil : CredentialRange(start: position, end: end)
    }

    /// The place behind a scheme's name in a header field; nil when there is none.
    static func end(in text: SearchedText, at position: Int) -> Int? {
        for name in all.map(\.name) + furtherNames where text.has(name, at: position) {
            if let end = pastSeparator(in: text, position + name.utf8.count) { return end }
        }
        return nil
    }

    /// Past blanks, also as addresses write them.
    private static func pastSeparator(in text: SearchedText, _ start: Int) -> Int? {
        if text.has("%20", at: start) { return start + 3 }
        let end = text.pastBlanks(start)
        return end > start ? end : nil
    }

    private static func hasBothCases(_ text: SearchedText, _ range: Range<Int>) -> Bool {
        let large = range.count { text[$0] & 0x20 == 0 }
        return large > 0 && large < range.count
    }
}
