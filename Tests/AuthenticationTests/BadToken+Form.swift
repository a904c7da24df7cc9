import GatewayCore
import JSON
import Sealing

extension BadToken {
    /// Tokens whose form is wrong: parts, base64url, JSON, header members.
    static let form: [BadToken] = [
        BadToken("nothing", .malformed) { _ in "" },
        BadToken("a word", .malformed) { _ in "secret" },
        BadToken("two parts", .malformed) { try parts($0).prefix(2).joined(separator: ".") },
        BadToken("four parts", .malformed) { try $0.token() + ".e30" },
        BadToken("five parts, as encrypted ones have", .malformed) { _ in "e30.e30.e30.e30.e30" },
        BadToken("an empty header", .malformed) { try "." + parts($0)[1] + "." + parts($0)[2] },
        BadToken("empty claims", .malformed) { try parts($0)[0] + ".." + parts($0)[2] },
        BadToken("an empty signature", .malformed) { try parts($0)[0] + "." + parts($0)[1] + "." },
        BadToken("dots only", .malformed) { _ in ".." },
        BadToken("a padded signature", .malformed) { try $0.token() + "==" },
        BadToken("padded claims", .malformed) { try parts($0)[0] + "." + parts($0)[1] + "=." + parts($0)[2] },
        BadToken("a line break at the end", .malformed) { try $0.token() + "\n" },
        BadToken("a space at the end", .malformed) { try $0.token() + " " },
        BadToken("a second token", .malformed) { try $0.token() + ", Bearer " + $0.token() },
        BadToken("a space inside", .malformed) { try parts($0).joined(separator: " .") },
        BadToken("a tab before", .malformed) { try "\t" + $0.token() },
        BadToken("a signature one character short", .malformed) { String(try $0.token().dropLast()) },
        BadToken("bits that mean nothing", .malformed) { forge in
            let parts = try parts(forge)
            // 64 bytes end in a character of which four bits are unused.
            let last = parts[2].last.map { $0 == "A" ? "B" : nextLetter($0) } ?? ""
            return parts[0] + "." + parts[1] + "." + parts[2].dropLast() + last
        },
        BadToken("the ordinary base64 alphabet", .malformed) { try parts($0)[0] + ".e30+/w." + parts($0)[2] },
        BadToken("not ASCII", .malformed) { try $0.token() + "é" },
        BadToken("a zero byte", .malformed) { try $0.token() + "\u{0}" },
        BadToken("a header that is no JSON", .malformed) { try $0.raw(header: "alg=ES256") },
        BadToken("a header that is an array", .malformed) { try $0.raw(header: #"["ES256"]"#) },
        BadToken("a header that is a string", .malformed) { try $0.raw(header: #""ES256""#) },
        BadToken("claims that are an array", .malformed) { try $0.raw(claims: "[]") },
        BadToken("claims that are null", .malformed) { try $0.raw(claims: "null") },
        BadToken("claims with something behind", .malformed) {
            try $0.raw(claims: TokenForge.text($0.claims, [:]) + "{}")
        },
        BadToken("claims with a byte order mark", .malformed) {
            try $0.raw(claims: "\u{FEFF}" + TokenForge.text($0.claims, [:]))
        },
        BadToken("claims with NaN", .malformed) { try $0.raw(claims: appended($0, #""x":NaN"#)) },
        BadToken("claims with a comment", .malformed) { try $0.raw(claims: appended($0, #""x":1/*"*/"#)) },
        BadToken("a header that names alg twice", .malformed) {
            try $0.raw(header: #"{"alg":"none","typ":"at+jwt","alg":"ES256","kid":"a1"}"#)
        },
        BadToken("claims that name sub twice", .malformed) { try $0.raw(claims: appended($0, #""sub":"root""#)) },
        BadToken("claims that name iss twice", .malformed) {
            try $0.raw(claims: appended($0, #""iss":"https://other.example""#))
        },
        BadToken("claims that name exp twice, once escaped", .malformed) {
            try $0.raw(claims: appended($0, #""\u0065xp":1"#))
        },
        BadToken("a name twice, deep inside", .malformed) {
            try $0.raw(claims: appended($0, #""x":{"a":[{"b":1,"b":2}]}"#))
        },
        BadToken("half of a surrogate pair", .malformed) { try $0.raw(claims: appended($0, #""x":"\ud800""#)) },
        BadToken("a header nested too deep", .malformed) {
            try $0.raw(header: appended($0, "\"x\":" + nested(32), to: TokenForge.header))
        },
        BadToken("claims nested too deep", .malformed) { try $0.raw(claims: appended($0, "\"x\":" + nested(32))) },
        BadToken("claims nested very deep", .malformed) { try $0.raw(claims: appended($0, "\"x\":" + nested(2000))) },
        BadToken("bytes that are not UTF-8", .malformed) { forge in
            let parts = try parts(forge)
            return parts[0] + "." + Base64URL.encode(Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8)) + "."
                + parts[2]
        },
        BadToken("a signature in the ordinary base64 alphabet", .malformed) {
            try parts($0)[0] + "." + parts($0)[1] + "." + String(repeating: "/+", count: 43)
        },
        BadToken("the flattened JSON form", .malformed) {
            let (parts, quote) = (try parts($0), "\"")
            return "{" + quote + "protected" + quote + ":" + quote + parts[0] + quote + "," + quote + "payload" + quote
                + ":" + quote + parts[1] + quote + "," + quote + "signature" + quote + ":" + quote + parts[2] + quote
                + "}"
        },
        BadToken("percent-encoded dots", .malformed) { try $0.token().replacing(".", with: "%2E") },
        BadToken("a nested token", .malformed) {
            try $0.raw(claims: "\"" + $0.token() + "\"")
        },
        BadToken("claims of nothing but spaces", .malformed) {
            try $0.raw(claims: String(repeating: " ", count: 8000))
        },
        BadToken("crit", .malformed) { try $0.token(header: ["crit": ["exp"], "exp": 1]) },
        BadToken("an empty crit", .malformed) { try $0.token(header: ["crit": []]) },
        BadToken("b64", .malformed) { try $0.token(header: ["b64": false]) },
        BadToken("zip", .malformed) { try $0.token(header: ["zip": "DEF"]) },
        BadToken("enc", .malformed) { try $0.token(header: ["enc": "A256GCM"]) },
        BadToken("a token inside the token", .malformed) { try $0.token(header: ["cty": "JWT"]) },
        BadToken("a typ that is a number", .malformed) { try $0.token(header: ["typ": 1]) },
        BadToken("a kid that is a number", .malformed) { try $0.token(header: ["kid": 1]) },
        BadToken("a kid that is null", .malformed) { try $0.token(header: ["kid": .some(.null)]) },
        BadToken("a kid that is a list", .malformed) { try $0.token(header: ["kid": ["a1"]]) },
        BadToken("an empty kid", .malformed) { try $0.token(header: ["kid": ""]) },
        BadToken("a kid that is too long", .malformed) {
            try $0.token(header: ["kid": .string(String(repeating: "a", count: 256))])
        },
    ]

    static func parts(_ forge: TokenForge) throws -> [String] {
        try forge.token().split(separator: ".").map(String.init)
    }

    /// The claims, or the header, with text appended to their members.
    static func appended(_ forge: TokenForge, _ text: String, to object: JSONValue? = nil) throws -> String {
        try TokenForge.text(object ?? forge.claims, [:]).dropLast() + "," + text + "}"
    }

    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    /// The letter whose lowest bit is set, in the alphabet of base64url.
    private static func nextLetter(_ letter: Character) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        guard let index = alphabet.firstIndex(of: letter) else { return "" }
        return String(alphabet[index | 1])
    }
}
