/// The name of a setting, member, parameter or option that holds a credential.
struct CredentialName {
    /// Whether whatever it holds is one, even if it looks like an ordinary word.
    private let isCertain: Bool
    /// Whether it is also how a shell calls its working directory.
    private let isDirectory: Bool

    private static let certain = [
        "password", "passwd", "passphrase", "passcode", "pwd", "dbpass", "userpass", "ftppass", "smtppass", "secret",
        "secretkey", "secretaccesskey", "privatekey", "apikey", "accesstoken", "refreshtoken", "idtoken", "authtoken",
        "bearertoken", "sessiontoken", "securitytoken", "amzsignature", "googsignature", "amzcredential",
        "googcredential", "awsaccesskeyid", "jsessionid", "phpsessid",
    ]
    private static let likely = [
        "token", "signature", "accesskey", "accountkey", "signingkey", "encryptionkey", "authkey", "tokenkey",
        "masterkey", "hmackey", "credential", "credentials", "cookie", "authorization", "authz", "macaroon",
        "codeverifier", "devicecode", "clientassertion", "&sig",
    ]
    /// Words that follow such a name in a sentence.
    private static let prose: Set = [
        "none", "null", "nil", "true", "false", "yes", "no", "empty", "missing", "required", "invalid", "incorrect",
        "wrong", "expired", "failed", "rejected", "refused", "revoked", "denied", "not", "is", "was", "has", "had",
        "must", "should", "can", "cannot", "for", "of", "and", "or", "the", "a", "an", "to", "in", "from", "option",
        "argument", "flag", "parameter", "field", "value", "type", "name", "with", "authentication", "authorization",
        "verification", "unknown", "unset", "undefined", "error", "ok", "set", "found", "unauthorized", "forbidden",
    ]
    private static let shortest = 6

    /// Names that end like these and hold none: where data is kept, and what a library calls an error.
    private static let exceptions = ["blocktoken", "storagetoken", "spacetoken", "invalidtoken"].map { Array($0.utf8) }
    private static let certainEndings = endings(certain)
    private static let likelyEndings = endings(likely)

    /// Reads `AWS_SECRET_ACCESS_KEY`, `client-secret` and the like; nil for a name of anything else.
    init?(_ name: some Sequence<UInt8>) {
        let plain = name.map(SearchedText.lowercased).filter { SearchedText.isLetter($0) || $0 == UInt8(ascii: "&") }
        guard let last = plain.last, last < 128, !Self.exceptions.contains(where: { Self.ends(plain, $0) }) else {
            return nil
        }
        isCertain = Self.certainEndings[Int(last)].contains { Self.ends(plain, $0) }
        isDirectory = Self.ends(plain, Array("pwd".utf8))
        guard isCertain || Self.likelyEndings[Int(last)].contains(where: { Self.ends(plain, $0) }) else { return nil }
    }

    private static func ends(_ name: [UInt8], _ ending: [UInt8]) -> Bool {
        name.count >= ending.count && name[(name.count - ending.count)...].elementsEqual(ending)
    }

    /// Endings by their last letter.
    private static func endings(_ words: [String]) -> [[[UInt8]]] {
        (0..<128).map { letter in words.map { Array($0.utf8) }.filter { $0.last.map(Int.init) == letter } }
    }

    /// The credential behind the sign that ends the name, which is at `sign`; nil when what stands there is none.
    func value(in text: SearchedText, after sign: Int) -> Range<Int>? {
        var start = sign + 1
        while text[start] == UInt8(ascii: "=") || text[start] == UInt8(ascii: ">") { start += 1 }
        start = text.pastBlanks(start)
        // b'…' of Python.
        if SearchedText.isLetter(text[start]), [0x22, 0x27].contains(text[start + 1]) { start += 1 }
        return credential(in: text, at: start, isAssigned: text[sign] == UInt8(ascii: "="))
    }

    /// The credential that begins at a place, behind an option.
    func argument(in text: SearchedText, at start: Int) -> Range<Int>? {
        text[start] == UInt8(ascii: "-") ? nil : credential(in: text, at: start, isAssigned: true)
    }

    private func credential(in text: SearchedText, at start: Int, isAssigned: Bool) -> Range<Int>? {
        let telling = CredentialValue.range(in: text, start, limit: CredentialValue.telling)
        guard isCredential(text, telling, isAssigned: isAssigned) else { return nil }
        return CredentialValue.range(in: text, start, limit: .max)
    }

    private func isCredential(_ text: SearchedText, _ range: Range<Int>, isAssigned: Bool) -> Bool {
        guard !range.isEmpty, !Self.isProse(text, range), !text.has(Redaction.replacement, at: range.lowerBound) else {
            return false
        }
        // The path of a file. Some keys of object stores begin like one; they are forty letters of base64.
        if text[range.lowerBound] == UInt8(ascii: "/") {
            guard isCertain, !isDirectory, range.count == 40 else { return false }
            return range.allSatisfy { SearchedText.isAlphanumeric(text[$0]) || [0x2B, 0x2F].contains(text[$0]) }
        }
        if isCertain { return true }
        return range.count >= (isAssigned ? Self.shortest : Self.shortest + 2) && text.looksRandom(range)
    }

    /// Whether it is a word of a sentence, with what ends the sentence.
    static func isProse(_ text: SearchedText, _ range: Range<Int>) -> Bool {
        guard range.count <= 16 else { return false }
        var end = range.upperBound
        while end > range.lowerBound, !SearchedText.isAlphanumeric(text[end - 1]) { end -= 1 }
        return prose.contains(text.word(range.lowerBound..<end))
    }
}
