/// Credentials that can be told by how they begin.
struct CredentialToken {
    private enum Alphabet { case alphanumeric, capitals, base64url, base64 }
    /// What must hold of one whose beginning is not rare enough.
    private enum Form { case any, random, keyAndSecret }

    /// How long one can be whose form is looked at.
    private static let longest = 256

    private let prefix: String
    private let alphabet: Alphabet
    /// How many bytes there are at least after the prefix.
    private let shortest: Int
    private let form: Form

    private init(_ prefix: String, _ alphabet: Alphabet, _ shortest: Int, _ form: Form = .any) {
        self.prefix = prefix
        self.alphabet = alphabet
        self.shortest = shortest
        self.form = form
    }

    private static let all: [CredentialToken] = [
        // JSON Web Tokens (RFC 7519), and what else is a JSON object in base64.
        .init("eyJ", .base64url, 12),
        // Gafaelfawr: key and secret. GitHub, GitLab, Slack, Google, HashiCorp Vault, package registries and models.
        .init("gt-", .base64url, 24, .keyAndSecret),
        .init("ghp_", .alphanumeric, 20), .init("gho_", .alphanumeric, 20), .init("ghu_", .alphanumeric, 20),
        .init("ghs_", .alphanumeric, 20), .init("ghr_", .alphanumeric, 20), .init("github_pat_", .base64url, 20),
        .init("glpat-", .base64url, 16), .init("gldt-", .base64url, 16), .init("glrt-", .base64url, 16),
        .init("glptt-", .base64url, 16), .init("glcbt-", .base64url, 16), .init("glsoat-", .base64url, 16),
        .init("xoxb-", .base64url, 16), .init("xoxp-", .base64url, 16), .init("xoxa-", .base64url, 16),
        .init("xoxr-", .base64url, 16), .init("xoxs-", .base64url, 16), .init("xapp-", .base64url, 16),
        .init("AIza", .base64url, 30), .init("ya29.", .base64url, 20), .init("GOCSPX-", .base64url, 20),
        .init("hvs.", .base64url, 20), .init("hvb.", .base64url, 20), .init("npm_", .alphanumeric, 30),
        .init("pypi-", .base64url, 40), .init("hf_", .alphanumeric, 30), .init("sk-", .base64url, 32, .random),
        // Names of access keys of object stores.
        .init("AKIA", .capitals, 12), .init("ASIA", .capitals, 12), .init("ABIA", .capitals, 12),
        .init("ACCA", .capitals, 12),
        // In base64: keys and tickets in ASN.1, macaroons, keys of OpenSSH, the first line of a PEM block.
        .init("MII", .base64, 64), .init("YII", .base64, 64), .init("MDA", .base64, 60), .init("AgE", .base64, 60),
        .init("b3BlbnNzaC1rZXk", .base64, 20), .init("LS0tLS1CRUdJTi", .base64, 20),
    ]

    /// The same by their first byte.
    private static let byFirst: [[CredentialToken]] = (0..<128).map { first in
        all.filter { $0.prefix.utf8.first.map(Int.init) == first }
    }

    /// Whether one may begin with a byte.
    static func begins(_ byte: UInt8) -> Bool { byte < byFirst.count && !byFirst[Int(byte)].isEmpty }

    static func find(in text: SearchedText, at position: Int) -> CredentialRange? {
        let first = Int(text[position])
        guard first < byFirst.count else { return nil }
        for token in byFirst[first] {
            if let end = token.end(in: text, at: position) { return CredentialRange(start: position, end: end) }
        }
        return nil
    }

    private func end(in text: SearchedText, at position: Int) -> Int? {
        guard text.has(prefix, at: position, exactly: true) else { return nil }
        let start = position + prefix.utf8.count
        let limit = form == .any ? text.count : start + Self.longest
        var end = start
        while end < text.count, end <= limit, isIn(text[end]) { end += 1 }
        // The full stop of a sentence.
        while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard end - start >= shortest, end <= limit else { return nil }
        switch form {
        case .any: return end
        case .random: return text.looksRandom(start..<end) ? end : nil
        case .keyAndSecret:
            guard let point = (start..<end).first(where: { text[$0] == UInt8(ascii: ".") }) else { return nil }
            return point - start >= 16 && end - point > 8 ? end : nil
        }
    }

    private func isIn(_ byte: UInt8) -> Bool {
        switch alphabet {
        case .alphanumeric: SearchedText.isAlphanumeric(byte)
        case .capitals: SearchedText.isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        case .base64url: SearchedText.isTokenByte(byte) && ![0x2B, 0x2F, 0x7E].contains(byte)
        case .base64: SearchedText.isTokenByte(byte) && ![0x2E, 0x7E].contains(byte)
        }
    }
}
