/// Credentials that are told by the name before them, which stays.
enum NamedCredential {
    private static let longestName = 64

    /// `name=value`, `name: value`, `"name": "value"`, whose sign is at a place.
    static func assignment(in text: SearchedText, at sign: Int, floor: Int) -> CredentialRange? {
        var end = sign
        while end > floor, sign - end < 4, text[end - 1] == UInt8(ascii: " ") { end -= 1 }
        if end > floor, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(text[end - 1]) { end -= 1 }
        if end > floor, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
        var start = end
        while start > floor, end - start < longestName, isNameByte(text[start - 1]) { start -= 1 }
        guard end - start >= 3, let name = CredentialName(name(in: text, start..<end, floor: floor)) else { return nil }
        guard let value = name.value(in: text, after: sign) else { return nil }
        return CredentialRange(start: value.lowerBound, end: value.upperBound)
    }

    /// The value of `--name value`, where the blank behind the name is at a place.
    static func option(in text: SearchedText, at blank: Int, floor: Int) -> CredentialRange? {
        var start = blank
        while start > floor, blank - start < longestName, isNameByte(text[start - 1]) { start -= 1 }
        guard text[start] == UInt8(ascii: "-"), text.isWordStart(start, floor: floor), blank - start >= 4 else {
            return nil
        }
        guard let name = CredentialName((start..<blank).map { text[$0] }) else { return nil }
        guard let range = name.argument(in: text, at: text.pastBlanks(blank)) else { return nil }
        return CredentialRange(start: range.lowerBound, end: range.upperBound)
    }

    /// The name, and the sign of an address's query before it.
    private static func name(in text: SearchedText, _ range: Range<Int>, floor: Int) -> [UInt8] {
        let before = range.lowerBound > floor ? text[range.lowerBound - 1] : 0
        let isQuery = before == UInt8(ascii: "?") || before == UInt8(ascii: "&")
        return (isQuery ? [UInt8(ascii: "&")] : []) + range.map { text[$0] }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool { nameBytes[Int(byte)] }

    private static let nameBytes: [Bool] = (0...UInt8.max).map {
        SearchedText.isAlphanumeric($0) || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains($0)
    }
}
