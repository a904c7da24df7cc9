import GatewayCore
import JSON

extension BadToken {
    /// Tokens whose issuer vouches for claims that are not those of an access token for us, now.
    static let claims: [BadToken] = times + audiences + subjects + kinds

    private static let times: [BadToken] = [
        BadToken("no exp", .claims) { try $0.token(claims: ["exp": nil]) },
        BadToken("exp null", .claims) { try $0.token(claims: ["exp": .some(.null)]) },
        BadToken("exp as text", .claims) { try $0.token(claims: ["exp": .string(String($0.now + 600))]) },
        BadToken("exp true", .claims) { try $0.token(claims: ["exp": true]) },
        BadToken("exp as a list", .claims) { try $0.token(claims: ["exp": [.integer($0.now + 600)]]) },
        BadToken("exp infinite", .claims) { try $0.raw(claims: expiry($0, "1e400")) },
        BadToken("exp beyond all times", .claims) { try $0.raw(claims: expiry($0, "1e13")) },
        BadToken("exp beyond all integers", .claims) { try $0.raw(claims: expiry($0, "99999999999999999999")) },
        BadToken("exp as an object", .claims) { try $0.token(claims: ["exp": ["a": 1]]) },
        BadToken("exp with a word behind", .malformed) { try $0.raw(claims: expiry($0, "1 0")) },
        BadToken("exp in hexadecimal", .malformed) { try $0.raw(claims: expiry($0, "0x7FFFFFFF")) },
        BadToken("exp with a plus", .malformed) { try $0.raw(claims: expiry($0, "+4102444800")) },
        BadToken("exp with a leading zero", .malformed) { try $0.raw(claims: expiry($0, "04102444800")) },
        BadToken("exp as a date", .claims) { try $0.token(claims: ["exp": "2099-01-01T00:00:00Z"]) },
        BadToken("exp negative zero", .expired) { try $0.raw(claims: expiry($0, "-0")) },
        BadToken("exp with a fraction, long ago", .expired) { try $0.raw(claims: expiry($0, "1.5")) },
        BadToken("exp zero", .expired) { try $0.token(claims: ["exp": 0]) },
        BadToken("exp negative", .expired) { try $0.token(claims: ["exp": -1]) },
        BadToken("expired just beyond the skew", .expired) {
            try $0.token(claims: ["exp": .integer($0.now - 60 - $0.margin)])
        },
        BadToken("exp in milliseconds", .lifetime) { try $0.token(claims: ["exp": .integer(($0.now + 600) * 100)]) },
        BadToken("a life of ten years", .lifetime) { try $0.token(claims: ["exp": .integer($0.now + 315_360_000)]) },
        BadToken("a life a second too long", .lifetime) {
            try $0.token(claims: ["exp": .integer($0.now - 9 + 86_400 + $0.margin)])
        },
        BadToken("a long life of unknown beginning", .lifetime) {
            try $0.token(claims: ["iat": nil, "exp": .integer($0.now + 86_401 + $0.margin)])
        },
        BadToken("a life that ends before it begins", .lifetime) {
            try $0.token(claims: ["iat": .integer($0.now + 50), "exp": .integer($0.now + 40)])
        },
        BadToken("iat in the future", .notYetValid) {
            try $0.token(claims: ["iat": .integer($0.now + 61 + $0.margin)])
        },
        BadToken("iat as text", .claims) { try $0.token(claims: ["iat": "now"]) },
        BadToken("iat null", .claims) { try $0.token(claims: ["iat": .some(.null)]) },
        BadToken("nbf in the future", .notYetValid) {
            try $0.token(claims: ["nbf": .integer($0.now + 61 + $0.margin)])
        },
        BadToken("iat as a list", .claims) { try $0.token(claims: ["iat": [1]]) },
        BadToken("iat beyond all times", .claims) { try $0.token(claims: ["iat": .integer(10_000_000_000_000)]) },
        BadToken("iat negative, so a long life", .lifetime) { try $0.token(claims: ["iat": -1]) },
        BadToken("nbf null", .claims) { try $0.token(claims: ["nbf": .some(.null)]) },
        BadToken("nbf true", .claims) { try $0.token(claims: ["nbf": true]) },
        BadToken("nbf as text", .claims) { try $0.token(claims: ["nbf": "0"]) },
    ]

    private static let audiences: [BadToken] =
        [
            BadToken("no aud", .audience) { try $0.token(claims: ["aud": nil]) },
            BadToken("aud null", .audience) { try $0.token(claims: ["aud": .some(.null)]) },
            BadToken("aud as an object", .audience) {
                try $0.token(claims: ["aud": ["a": .string(TokenForge.audience)]])
            },
            BadToken("aud as an empty list", .audience) { try $0.token(claims: ["aud": []]) },
            BadToken("aud with a number", .audience) {
                try $0.token(claims: ["aud": [.string(TokenForge.audience), 1]])
            },
            BadToken("aud of others", .audience) {
                try $0.token(claims: ["aud": ["a", "https://wlcg.cern.ch/jwt/v1/any"]])
            },
            BadToken("aud in a list in a list", .audience) {
                try $0.token(claims: ["aud": [[.string(TokenForge.audience)]]])
            },
        ]
        + [
            "", "https://gw.example", "https://gw.example/mcp/", "https://gw.example/mcp/epic",
            "HTTPS://gw.example/mcp",
            "https://gw.example/mcp https://x.example", "https://other.example/api", "*", "pandaserver",
        ].map { audience in
            BadToken("aud '\(audience)'", .audience) { try $0.token(claims: ["aud": .string(audience)]) }
        }

    private static let subjects: [BadToken] =
        [
            BadToken("no sub", .subject) { try $0.token(claims: ["sub": nil]) },
            BadToken("sub null", .subject) { try $0.token(claims: ["sub": .some(.null)]) },
            BadToken("sub as a number", .subject) { try $0.token(claims: ["sub": 7]) },
            BadToken("sub as a list", .subject) { try $0.token(claims: ["sub": ["a"]]) },
        ]
        + ["", " ", "a\nb", "a\u{0}", "a\u{7F}", "caf\u{E9}", String(repeating: "s", count: 256)].map { subject in
            BadToken("sub \(subject.debugDescription)", .subject) { try $0.token(claims: ["sub": .string(subject)]) }
        }

    private static let kinds: [BadToken] =
        [
            "JWT", "", "at+jwt ", "logout+jwt", "dpop+jwt", "oauth-id-jag+jwt", "secevent+jwt", "id_token+jwt",
            "client-authentication+jwt", "application/logout+jwt", "jwt+at",
        ].map { type in
            BadToken("header typ '\(type)'", .notAccessToken) { try $0.token(header: ["typ": .string(type)]) }
        }
        + ["logout+jwt", "dpop+jwt", "oauth-id-jag+jwt", "secevent+jwt", "JOSE"].map { type in
            BadToken("header typ '\(type)' of an issuer without a profile", .notAccessToken) {
                try $0.token(header: ["typ": .string(type)], claims: ["iss": "https://legacy.example"])
            }
        }
        + ["ID", "Refresh", "Logout", "Offline", "refresh", "Serialized-ID", "DPoP"].map { type in
            BadToken("claim typ '\(type)'", .notAccessToken) { try $0.token(claims: ["typ": .string(type)]) }
        }
        + ["nonce", "at_hash", "c_hash", "s_hash", "events", "htm", "htu"].map { name in
            BadToken("claim \(name)", .notAccessToken) {
                try $0.token(header: ["typ": "JWT"], claims: [name: "x", "iss": "https://legacy.example"])
            }
        }
        + [
            BadToken("no header typ", .notAccessToken) { try $0.token(header: ["typ": nil]) },
            BadToken("a claim typ that is a number", .claims) { try $0.token(claims: ["typ": 1]) },
            BadToken("bound to a key", .bound) { try $0.token(claims: ["cnf": ["jkt": "x"]]) },
            BadToken("bound to a certificate", .bound) { try $0.token(claims: ["cnf": ["x5t#S256": "x"]]) },
            BadToken("bound to nothing", .bound) { try $0.token(claims: ["cnf": .some(.null)]) },
            BadToken("a scope that is a number", .claims) { try $0.token(claims: ["scope": 1]) },
            BadToken("a scope that is a list with a number", .claims) { try $0.token(claims: ["scope": ["a", 1]]) },
            BadToken("a client that is a number", .claims) { try $0.token(claims: ["client_id": 1]) },
            keycloak("a typ claim missing", .notAccessToken, ["typ": nil]),
            keycloak("an ID token", .notAccessToken, ["typ": "ID"]),
            keycloak("another client", .client, ["azp": "evil"]),
            keycloak("no client", .client, ["azp": nil]),
            keycloak("two clients of which one is not allowed", .client, ["client_id": "evil"]),
            keycloak("the audience of another record", .audience, ["aud": .string(TokenForge.audience)]),
        ]

    private static func keycloak(
        _ description: String,
        _ refusal: TokenRefusal,
        _ changes: [String: JSONValue?]
    ) -> BadToken {
        BadToken("Keycloak: " + description, refusal) {
            try $0.token(header: ["typ": "JWT"], claims: TokenForge.keycloakClaims.merging(changes) { $1 })
        }
    }

    private static func expiry(_ forge: TokenForge, _ literal: String) throws -> String {
        let text = try TokenForge.text(forge.claims, ["exp": nil])
        return text.dropLast() + ",\"exp\":" + literal + "}"
    }
}

extension TokenForge {
    /// The changes that make a good token one of the Keycloak issuer, whose audience is a client.
    static let keycloakClaims: [String: JSONValue?] = [
        "iss": "https://keycloak.example/realms/x", "aud": "gateway", "azp": "cli", "client_id": nil, "typ": "Bearer",
    ]
}
