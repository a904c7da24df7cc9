import GatewayCore
import JSON
import Sealing

extension BadToken {
    /// Tokens with a wrong algorithm, key, signature or issuer.
    static let signature: [BadToken] =
        ["none", "None", "NONE", "nOnE", "es256", "ES256 ", "HS384", "RS512", "ES384", "PS512", "A128KW", ""].map {
            name in
            BadToken("alg '\(name)'", .algorithm) { try $0.token(header: ["alg": .string(name)]) }
        } + [
            BadToken("no alg", .algorithm) { try $0.token(header: ["alg": nil]) },
            BadToken("alg null", .algorithm) { try $0.token(header: ["alg": .some(.null)]) },
            BadToken("alg as a list", .algorithm) { try $0.token(header: ["alg": ["ES256"]]) },
            BadToken("HS256 with the key set as the secret", .algorithm) { forge in
                let key = try await SigningKey.hmac(TokenForge.keySet(forge.mainKeys))
                return try forge.token(header: ["alg": "HS256"], key: key)
            },
            BadToken("HS256 with the modulus as the secret", .algorithm) { forge in
                let secret = forge.rsa.jwk["n"]?.string.flatMap { Base64URL.decode($0.utf8) } ?? []
                let key = try await SigningKey.hmac(secret)
                return try forge.token(header: ["alg": "HS256", "kid": "rsa1"], key: key)
            },
            BadToken("RS256 by the name of an EC key", .algorithm) {
                try $0.token(header: ["alg": "RS256"], key: $0.rsa)
            },
            BadToken("ES256 by the name of an RSA key", .algorithm) { try $0.token(header: ["kid": "rsa1"]) },
            BadToken("EdDSA by the name of an EC key", .algorithm) {
                try $0.token(header: ["alg": "EdDSA"], key: $0.edwards)
            },
            BadToken("PS256 with a key for RS256", .algorithm) {
                try $0.token(header: ["alg": "PS256", "kid": "rs-only"], key: $0.onlyRSAsPS)
            },
            BadToken("an unknown kid", .unknownKey) { try $0.token(header: ["kid": "a2"]) },
            BadToken("a kid in another case", .unknownKey) { try $0.token(header: ["kid": "A1"]) },
            BadToken("a kid that is a path", .unknownKey) { try $0.token(header: ["kid": "../../../../dev/null"]) },
            BadToken("a kid that is a statement", .unknownKey) { try $0.token(header: ["kid": "a1' OR '1'='1"]) },
            BadToken("a kid that is a URL", .unknownKey) { try $0.token(header: ["kid": "https://evil.example/k"]) },
            BadToken("no kid where there are several keys", .unknownKey) { try $0.token(header: ["kid": nil]) },
            BadToken("a key for encryption", .unknownKey) {
                try $0.token(header: ["kid": "enc1"], key: $0.encryption)
            },
            BadToken("another trusted issuer's key", .unknownKey) {
                try $0.token(header: ["kid": "b1"], key: $0.other)
            },
            BadToken("another trusted issuer's key of the same name", .signature) { try $0.token(key: $0.namesake) },
            BadToken("a stranger's key", .signature) { try $0.token(key: $0.stranger) },
            BadToken("a stranger's key in the header", .signature) {
                try $0.token(header: ["jwk": $0.stranger.jwk], key: $0.stranger)
            },
            BadToken("a stranger's key set named in the header", .signature) {
                try $0.token(header: ["jku": "https://evil.example/jwks"], key: $0.stranger)
            },
            BadToken("a stranger's certificate in the header", .signature) {
                try $0.token(header: ["x5c": ["MIIB"], "x5u": "https://evil.example/x"], key: $0.stranger)
            },
            BadToken("the main issuer's key under another issuer", .signature) {
                try $0.token(claims: ["iss": "https://other.example", "aud": "https://other.example/api"])
            },
            BadToken("a signature of zeros", .signature) {
                try parts($0)[0] + "." + parts($0)[1] + "." + Base64URL.encode([UInt8](repeating: 0, count: 64))
            },
            BadToken("a signature whose r is zero", .signature) {
                try resigned($0) { [UInt8](repeating: 0, count: 32) + $0.suffix(32) }
            },
            BadToken("a signature whose s is zero", .signature) {
                try resigned($0) { $0.prefix(32) + [UInt8](repeating: 0, count: 32) }
            },
            BadToken("a signature whose r is the order of the curve", .signature) {
                try resigned($0) { P256Order.bytes + $0.suffix(32) }
            },
            BadToken("a signature whose s is beyond the order of the curve", .signature) {
                try resigned($0) { $0.prefix(32) + [UInt8](repeating: 0xFF, count: 32) }
            },
            BadToken("r and s in the other order", .signature) { try resigned($0) { $0.suffix(32) + $0.prefix(32) } },
            BadToken("the signature in DER", .signature) { try resigned($0, P256Order.der) },
            BadToken("the signature in DER of padded length", .signature) {
                try resigned($0) { (P256Order.der($0) + [UInt8](repeating: 0, count: 64)).prefix(64) + [] }
            },
            BadToken("another token's signature", .signature) { forge in
                let other = try forge.token(claims: ["jti": "y"]).split(separator: ".")
                return try parts(forge)[0] + "." + parts(forge)[1] + "." + other[2]
            },
            BadToken("the signature of the claims alone", .signature) {
                let claims = try parts($0)[1]
                return try parts($0)[0] + "." + claims + "." + Base64URL.encode($0.main.sign(claims))
            },
            BadToken("a signature of random bytes", .signature) {
                try parts($0)[0] + "." + parts($0)[1] + "." + Base64URL.encode(RandomBytes.make(count: 64))
            },
            BadToken("a signature with a byte more", .signature) {
                try parts($0)[0] + "." + parts($0)[1] + "." + Base64URL.encode(RandomBytes.make(count: 65))
            },
            BadToken("a signature as long as a DER one", .signature) {
                try parts($0)[0] + "." + parts($0)[1] + "." + Base64URL.encode(RandomBytes.make(count: 71))
            },
            BadToken("an RSA signature of zeros", .signature) {
                let signed = try $0.token(header: ["alg": "RS256", "kid": "rsa1"], key: $0.rsa).split(separator: ".")
                return signed[0] + "." + signed[1] + "." + Base64URL.encode([UInt8](repeating: 0, count: 256))
            },
            BadToken("an RSA signature that is one", .signature) {
                let signed = try $0.token(header: ["alg": "RS256", "kid": "rsa1"], key: $0.rsa).split(separator: ".")
                return signed[0] + "." + signed[1] + "." + Base64URL.encode([UInt8](repeating: 0, count: 255) + [1])
            },
            BadToken("PS256 signed as RS256", .signature) {
                try $0.token(header: ["alg": "PS256", "kid": "rsa1"], key: $0.rsa)
            },
            BadToken("RS256 signed as PS256", .signature) {
                try $0.token(header: ["alg": "RS256", "kid": "rsa1"], key: $0.pss)
            },
            BadToken("an Ed25519 signature of zeros", .signature) {
                let signed = try $0.token(header: ["alg": "EdDSA", "kid": "ed1"], key: $0.edwards)
                    .split(separator: ".")
                return signed[0] + "." + signed[1] + "." + Base64URL.encode([UInt8](repeating: 0, count: 64))
            },
            BadToken("a short RSA signature", .signature) {
                let signed = try $0.token(header: ["alg": "RS256", "kid": "rsa1"], key: $0.rsa)
                return signed.split(separator: ".").prefix(2).joined(separator: ".") + ".AAAA"
            },
            BadToken("other claims than were signed", .signature) {
                let changed = try $0.token(claims: ["sub": "root"]).split(separator: ".")
                return try parts($0)[0] + "." + changed[1] + "." + parts($0)[2]
            },
            BadToken("another header than was signed", .signature) {
                let changed = try $0.token(header: ["x": 1]).split(separator: ".")
                return try changed[0] + "." + parts($0)[1] + "." + parts($0)[2]
            },
            BadToken("no iss", .claims) { try $0.token(claims: ["iss": nil]) },
            BadToken("iss as a list", .claims) { try $0.token(claims: ["iss": ["https://issuer.example/"]]) },
            BadToken("iss as null", .claims) { try $0.token(claims: ["iss": .some(.null)]) },
        ]
        + [
            "", "https://evil.example", "https://issuer.example", "https://issuer.example//", "https://ISSUER.example/",
            "http://issuer.example/", "https://issuer.example/ ", "https://issuer.example/\u{0}",
            "https://cafe\u{301}.example", "main",
        ].map { issuer in
            BadToken("iss '\(issuer.debugDescription)'", .unknownIssuer) {
                try $0.token(claims: ["iss": .string(issuer)])
            }
        }

    /// A good token whose signature was changed.
    private static func resigned(_ forge: TokenForge, _ change: ([UInt8]) -> [UInt8]) throws -> String {
        let parts = try parts(forge)
        let signature = Base64URL.decode(parts[2].utf8) ?? []
        return parts[0] + "." + parts[1] + "." + Base64URL.encode(change(signature))
    }
}
