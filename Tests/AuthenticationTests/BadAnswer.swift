import GatewayCore

/// Something an issuer says of a token that only it can read, because of which the token is refused.
struct BadAnswer: Sendable, CustomStringConvertible {
    let description: String
    let refusal: TokenRefusal
    /// The token, at a moment.
    let make: @Sendable (TokenForge) -> String

    var asToken: BadToken {
        BadToken("asked: " + description, refusal) { [make] in make($0) }
    }

    /// A member of a good answer replaced or added, or (nil) left out; the value is written out.
    private static func lab(
        _ description: String,
        _ refusal: TokenRefusal,
        _ changes: @escaping @Sendable (Int) -> [String: String?]
    ) -> BadAnswer {
        BadAnswer(description: description, refusal: refusal) { AskedToken.make(good($0, changes($0.now))) }
    }

    /// What an issuer says of a good token (RFC 7662 section 2.2).
    static func good(_ forge: TokenForge, _ changes: [String: String?] = [:]) -> String {
        let members: [String: String?] = [
            "active": "true", "iss": #""https://lab.example""#, "sub": #""ada""#,
            "aud": "\"\(TokenForge.audience)\"", "exp": "\(forge.now + 600)", "iat": "\(forge.now - 10)",
            "client_id": #""cli""#, "token_type": #""Bearer""#, "groups": #"["members"]"#,
            "scope": #""epic:read openid""#, "jti": #""t1""#,
        ]
        return object(members.merging(changes) { $1 })
    }

    private static func object(_ members: [String: String?]) -> String {
        let written = members.sorted { $0.key < $1.key }.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
        return "{" + written.joined(separator: ",") + "}"
    }

    private static func raw(_ description: String, _ refusal: TokenRefusal, _ text: String) -> BadAnswer {
        BadAnswer(description: description, refusal: refusal) { _ in AskedToken.make(text) }
    }

    /// What `token-info` says of a good token; the server puts the token's key in.
    static func goodInfo(_ forge: TokenForge, _ changes: [String: String?] = [:]) -> String {
        let members: [String: String?] = [
            "token": #""KEY""#, "username": #""ada""#, "token_type": #""user""#, "scopes": #"["read:all"]"#,
            "created": "\(forge.now - 10)", "expires": "\(forge.now + 600)",
        ]
        return object(members.merging(changes) { $1 })
    }

    private static func info(
        _ description: String,
        _ refusal: TokenRefusal,
        _ changes: @escaping @Sendable (Int) -> [String: String?]
    ) -> BadAnswer {
        BadAnswer(description: description, refusal: refusal) { AskedToken.gafaelfawr(goodInfo($0, changes($0.now))) }
    }

    static let all: [BadAnswer] = introspection + tokenInfo

    static let introspection: [BadAnswer] = [
        lab("inactive", .inactive) { _ in ["active": "false"] },
        raw("inactive and nothing else", .inactive, #"{"active":false}"#),
        lab("active as text", .claims) { _ in ["active": #""true""#] },
        lab("active as a number", .claims) { _ in ["active": "1"] },
        lab("active null", .claims) { _ in ["active": "null"] },
        lab("no word on active", .claims) { _ in ["active": nil] },
        raw("an empty object", .claims, "{}"),
        lab("another issuer", .unknownIssuer) { _ in ["iss": #""https://issuer.example/""#] },
        lab("the issuer with a slash", .unknownIssuer) { _ in ["iss": #""https://lab.example/""#] },
        lab("the issuer as a list", .unknownIssuer) { _ in ["iss": #"["https://lab.example"]"#] },
        lab("expired", .expired) { ["exp": "\($0 - 3600)"] },
        lab("exp as text", .claims) { ["exp": "\"\($0 + 600)\""] },
        lab("exp null", .claims) { _ in ["exp": "null"] },
        lab("not valid yet", .notYetValid) { ["nbf": "\($0 + 3600)"] },
        lab("not valid yet, without an end", .notYetValid) { ["nbf": "\($0 + 3600)", "exp": nil] },
        lab("issued in the future", .notYetValid) { ["iat": "\($0 + 3600)"] },
        lab("over before it began", .lifetime) { ["iat": "\($0 + 40)", "exp": "\($0 + 30)"] },
        lab("another audience", .audience) { _ in ["aud": #""https://other.example""#] },
        lab("the audience with a slash", .audience) { _ in ["aud": "\"\(TokenForge.audience)/\""] },
        lab("an audience that is a number", .audience) { _ in ["aud": "1"] },
        lab("no audience, where no client is listed", .audience) { _ in ["aud": nil] },
        lab("no subject", .subject) { _ in ["sub": nil] },
        lab("an empty subject", .subject) { _ in ["sub": #""""#] },
        lab("a subject that is a number", .subject) { _ in ["sub": "7"] },
        lab("a refresh token", .notAccessToken) { _ in ["token_type": #""refresh_token""#] },
        lab("an ID token", .notAccessToken) { _ in ["nonce": #""n""#] },
        lab("the claim typ of a refresh token", .notAccessToken) { _ in ["typ": #""Refresh""#] },
        lab("used as something else", .notAccessToken) { _ in ["token_use": #""id_token""#] },
        lab("a token type that is a number", .claims) { _ in ["token_type": "1"] },
        lab("bound to a key", .bound) { _ in ["cnf": #"{"jkt":"x"}"#] },
        lab("a DPoP token", .bound) { _ in ["token_type": #""DPoP""#] },
        lab("a client that is a number", .claims) { _ in ["client_id": "1"] },
        lab("a scope that is a number", .claims) { _ in ["scope": "1"] },
        raw("no JSON", .keysUnavailable, "<html>"),
        raw("a list", .keysUnavailable, "[]"),
        raw("active twice", .keysUnavailable, #"{"active":false,"active":true,"sub":"ada"}"#),
        raw("nested too deep", .keysUnavailable, #"{"active":true,"x":"# + BadToken.nested(40) + "}"),
        BadAnswer(description: "characters that no token has", refusal: .malformed) { _ in "lab-a:b" },
        BadAnswer(description: "something behind the padding", refusal: .malformed) { _ in "lab-a=b" },
    ]

    private static let tokenInfo: [BadAnswer] = [
        BadAnswer(description: "token-info: a token the platform does not know", refusal: .inactive) { _ in
            "gt-unknown.other"
        },
        BadAnswer(description: "token-info: a token without a secret", refusal: .inactive) { _ in "gt-unknown" },
        info("token-info: another token's", .claims) { _ in ["token": #""other""#] },
        info("token-info: no token", .claims) { _ in ["token": nil] },
        info("token-info: expired", .expired) { ["expires": "\($0 - 3600)"] },
        info("token-info: an end that is text", .claims) { _ in ["expires": #""never""#] },
        info("token-info: a browser's session", .notAccessToken) { _ in ["token_type": #""session""#] },
        info("token-info: an OpenID Connect token", .notAccessToken) { _ in ["token_type": #""oidc""#] },
        info("token-info: a kind nobody knows", .notAccessToken) { _ in ["token_type": #""x""#] },
        info("token-info: no kind", .claims) { _ in ["token_type": nil] },
        info("token-info: no user", .subject) { _ in ["username": nil] },
        info("token-info: an empty user", .subject) { _ in ["username": #""""#] },
    ]
}
