import JSON
import Sealing

/// A token that must be accepted.
struct GoodToken: Sendable, CustomStringConvertible {
    let description: String
    let make: @Sendable (TokenForge) throws -> String

    private static func good(
        _ description: String,
        _ make: @escaping @Sendable (TokenForge) throws -> String
    ) -> GoodToken {
        GoodToken(description: description, make: make)
    }

    static let all: [GoodToken] = [
        good("an audience among others") { try $0.token(claims: ["aud": ["x", .string(TokenForge.audience)]]) },
        good("typ in full") { try $0.token(header: ["typ": "application/at+jwt"]) },
        good("typ in capitals") { try $0.token(header: ["typ": "AT+JWT"]) },
        good("exp with a fraction") { try $0.token(claims: ["exp": .double(Double($0.now) + 600.5)]) },
        good("expired within the skew") {
            try $0.token(claims: ["iat": .integer($0.now - 600), "exp": .integer($0.now - 59)])
        },
        good("iat within the skew") { try $0.token(claims: ["iat": .integer($0.now + 60)]) },
        good("nbf within the skew") { try $0.token(claims: ["nbf": .integer($0.now + 60)]) },
        good("the longest life") { try $0.token(claims: ["exp": .integer($0.now - 10 + 86_400)]) },
        good("no iat, jti or client") { try $0.token(claims: ["iat": nil, "jti": nil, "client_id": nil]) },
        good("the longest subject") { try $0.token(claims: ["sub": .string(String(repeating: "s", count: 255))]) },
        good("a subject with a space and a bar") { try $0.token(claims: ["sub": "auth0|a b"]) },
        good("RS256") { try $0.token(header: ["alg": "RS256", "kid": "rsa1"], key: $0.rsa) },
        good("PS256") { try $0.token(header: ["alg": "PS256", "kid": "rsa1"], key: $0.pss) },
        good("RS256 with a key for it") { try $0.token(header: ["alg": "RS256", "kid": "rs-only"], key: $0.onlyRS) },
        good("EdDSA") { try $0.token(header: ["alg": "EdDSA", "kid": "ed1"], key: $0.edwards) },
        good("ES256 with the other s") { forge in
            let parts = try forge.token().split(separator: ".")
            let signature = P256Order.mirrored(Base64URL.decode(parts[2].utf8) ?? [])
            return parts[0] + "." + parts[1] + "." + Base64URL.encode(signature)
        },
        good("URLs in the header that nobody reads") {
            try $0.token(header: ["jku": "https://evil.example/", "x5u": "https://evil.example/"])
        },
        good("header and claims as deep as allowed") {
            try $0.raw(
                header: BadToken.appended($0, "\"x\":" + BadToken.nested(31), to: TokenForge.header),
                claims: BadToken.appended($0, "\"x\":" + BadToken.nested(31))
            )
        },
        good("the issuer's other spelling") { try $0.token(claims: ["iss": "https://caf\u{E9}.example"]) },
        good("the other issuer") {
            try $0.token(
                claims: ["iss": "https://other.example", "aud": "https://other.example/api"],
                key: $0.namesake
            )
        },
        good("Keycloak") { try $0.token(header: ["typ": "JWT"], claims: TokenForge.keycloakClaims) },
        good("WLCG without typ and kid") {
            try $0.token(header: ["typ": nil, "kid": nil], claims: ["iss": "https://wlcg.example"], key: $0.nameless)
        },
        good("legacy with the claim typ Bearer") {
            try $0.token(header: ["typ": "JWT"], claims: ["iss": "https://legacy.example", "typ": "Bearer"])
        },
    ]
}
