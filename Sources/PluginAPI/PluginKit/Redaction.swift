/// Takes credentials out of text that came from elsewhere; what was taken is named by `[redacted]`.
public enum Redaction {
    /// What a secret begins with, and which characters it goes on with.
    private static let marks: [(prefix: [UInt8], caseMatters: Bool)] = [
        (Array("bearer ".utf8), false),
        (Array("basic ".utf8), false),
        (Array("eyj".utf8), false),
        (Array("x-rucio-auth-token:".utf8), false),
        (Array("authorization:".utf8), false),
        (Array("gt-".utf8), true),
        (Array("akia".utf8), false),
    ]
    private static let shortestSecret = 12
    /// How many marks may stand before one secret, as in `Authorization: Bearer eyJ…`.
    private static let nestedMarks = 4
    private static let replacement = Array("[redacted]".utf8)

    /// The text without bearer tokens, JSON Web Tokens, Rucio and Gafaelfawr tokens, access keys and PEM blocks.
    public static func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            if let end = endOfPEM(in: bytes, at: position) ?? endOfSecret(in: bytes, at: position) {
                result.append(contentsOf: replacement)
                position = end
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func endOfSecret(in bytes: [UInt8], at start: Int) -> Int? {
        if start > 0, isSecretByte(bytes[start - 1]) { return nil }
        var end = start
        var depth = 0
        while depth < nestedMarks, let mark = marks.first(where: { matches($0.prefix, $0.caseMatters, bytes, end) }) {
            end += mark.prefix.count
            while end < bytes.count, bytes[end] == UInt8(ascii: " ") { end += 1 }
            depth += 1
        }
        guard depth > 0 else { return nil }
        let first = end
        while end < bytes.count, isSecretByte(bytes[end]) { end += 1 }
        return end - first >= shortestSecret ? end : nil
    }

    private static func endOfPEM(in bytes: [UInt8], at start: Int) -> Int? {
        guard matches(Array("-----begin ".utf8), false, bytes, start) else { return nil }
        let closing = Array("-----end ".utf8)
        var position = start + 11
        while position < bytes.count, !matches(closing, false, bytes, position) { position += 1 }
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        return position
    }

    private static func matches(_ prefix: [UInt8], _ caseMatters: Bool, _ bytes: [UInt8], _ start: Int) -> Bool {
        guard start + prefix.count <= bytes.count else { return false }
        for (offset, expected) in prefix.enumerated() {
            let byte = bytes[start + offset]
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            guard (isUpper && !caseMatters ? byte | 0x20 : byte) == expected else { return false }
        }
        return true
    }

    private static func isSecretByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
