/// Header fields of HTTP that hold a credential; their name goes with it.
enum HeaderCredential {
    private static let names: Set = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-rucio-auth-token", "x-auth-token",
        "x-access-token", "x-api-key", "x-amz-security-token", "x-csrf-token", "x-vault-token", "private-token",
    ]
    private static let longestName = 20

    /// A field whose colon is at a place.
    static func find(in text: SearchedText, at colon: Int, floor: Int) -> CredentialRange? {
        var start = colon
        while start > floor, colon - start <= longestName, isNameByte(text[start - 1]) { start -= 1 }
        // A line feed of a text in quotation marks.
        if start < colon, text[start - 1] == UInt8(ascii: "\\") { start += 1 }
        guard start < colon, isBeginning(text[start - 1]), names.contains(text.word(start..<colon)) else { return nil }
        let value = text.pastBlanks(colon + 1)
        let end =
            switch text.word(start..<colon) {
            case "authorization", "proxy-authorization": authorization(in: text, value)
            case "cookie", "set-cookie": cookies(in: text, value)
            default: token(in: text, value)
            }
        return end.map { CredentialRange(start: start, end: $0) }
    }

    private static func authorization(in text: SearchedText, _ start: Int) -> Int? {
        var value = start
        for _ in 0..<AuthenticationScheme.nested {
            guard let next = AuthenticationScheme.end(in: text, at: value) else { break }
            value = next
        }
        guard value > start else { return token(in: text, start) }
        let end = list(in: text, value, separator: UInt8(ascii: ","))
        return end > value ? end : nil
    }

    private static func cookies(in text: SearchedText, _ start: Int) -> Int? {
        guard (start..<run(in: text, start)).contains(where: { text[$0] == UInt8(ascii: "=") }) else { return nil }
        return list(in: text, start, separator: UInt8(ascii: ";"))
    }

    /// A token alone.
    ///
    /// One of Rucio holds the distinguished name of its owner, and blanks with it.
    private static func token(in text: SearchedText, _ start: Int) -> Int? {
        let end = run(in: text, start)
        guard !CredentialName.isProse(text, start..<end) else { return nil }
        let slash = (start..<end).first { text[$0] == UInt8(ascii: "/") }
        if let slash, text[slash - 1] == UInt8(ascii: "-") {
            return text.end(from: end) { $0 >= 0x20 && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }
        }
        return end - start >= 12 || end - start >= 6 && text.looksRandom(start..<end) ? end : nil
    }

    /// Values one after the other, each but the last with the separator behind it.
    private static func list(in text: SearchedText, _ start: Int, separator: UInt8) -> Int {
        var end = start
        var next = start
        repeat {
            end = run(in: text, next, keeping: separator)
            // `response="…"`
            if text[end - 1] == UInt8(ascii: "="), text[end] == UInt8(ascii: "\"") {
                let quoted = text.end(from: end + 1) { $0 >= 0x20 && $0 != UInt8(ascii: "\"") }
                if text[quoted] == UInt8(ascii: "\"") { end = quoted + 1 }
            }
            if text[end] == separator { end += 1 }
            next = text.pastBlanks(end)
        } while text[end - 1] == separator && next > end && run(in: text, next) > next
        return end
    }

    /// Up to a blank, a quotation mark or a bracket, without what ends a sentence.
    private static func run(in text: SearchedText, _ start: Int, keeping separator: UInt8 = 0) -> Int {
        var end = text.end(from: start) { byte in
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "["):
                false
            default: true
            }
        }
        while end > start, text[end - 1] != separator, [0x29, 0x2C, 0x2E, 0x3B, 0x5D, 0x7D].contains(text[end - 1]) {
            end -= 1
        }
        return end
    }

    /// What may stand before a field; none of it is part of a value.
    private static func isBeginning(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "["), UInt8(ascii: "n"), UInt8(ascii: "r"):
            true
        default: false
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        SearchedText.isAlphanumeric(byte) || byte == UInt8(ascii: "-")
    }
}
