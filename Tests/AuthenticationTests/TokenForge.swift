import Authentication
import GatewayCore
import JSON
import Sealing
import Testing

/// Makes good tokens, and bad ones by changing what is asked for.
struct TokenForge: Sendable {
    /// The moment at which tokens are made unless a test has another.
    static let now: Int64 = 1_800_000_000
    static let audience = "https://gw.example/mcp"

    /// When the tokens are made, in seconds since 1970.
    private(set) var now = Int(Self.now)
    /// How far beyond an edge a token is that must lie beyond it, in seconds, where nobody can stop the clock.
    private(set) var margin = 0

    /// Keys of the main issuer, all in one set.
    let main: SigningKey
    let rsa: SigningKey
    let pss: SigningKey
    let edwards: SigningKey
    let encryption: SigningKey
    let onlyRS: SigningKey
    let onlyRSAsPS: SigningKey
    /// Another trusted issuer's key, and one of it that has the same name as the main key.
    let other: SigningKey
    let namesake: SigningKey
    /// The only key of an issuer, without a name.
    let nameless: SigningKey
    /// Nobody's key.
    let stranger: SigningKey

    init() async throws {
        main = try await .es256("a1", extra: ["use": "sig", "alg": "ES256"])
        (rsa, pss) = try await SigningKey.rsa("rsa1")
        (onlyRS, onlyRSAsPS) = try await SigningKey.rsa("rs-only", extra: ["alg": "RS256"])
        edwards = try await .edDSA("ed1")
        encryption = try await .es256("enc1", extra: ["use": "enc"])
        other = try await .es256("b1")
        namesake = try await .es256("a1")
        nameless = try await .es256(nil)
        stranger = try await .es256("a1")
    }

    /// The same keys at a moment that goes on.
    func at(_ moment: Int64) -> TokenForge {
        var forge = self
        (forge.now, forge.margin) = (Int(moment), 3000)
        return forge
    }

    static func keySet(_ keys: [SigningKey]) -> [UInt8] {
        let set: JSONValue = ["keys": .array(keys.map(\.jwk))]
        return set.serialized
    }

    var mainKeys: [SigningKey] { [main, rsa, edwards, encryption, onlyRS] }

    /// An issuer of every profile.
    var records: [IssuerRecord] {
        [
            IssuerRecord(
                id: "main",
                issuers: ["https://issuer.example/", "https://caf\u{E9}.example"],
                keys: .inline(jwks: Self.keySet(mainKeys)),
                audience: [Self.audience],
                groups: GroupClaims(paths: [ClaimPath(["groups"])]),
                roles: [RoleMapping(group: "members", role: "epic.user")]
            ),
            IssuerRecord(
                id: "other",
                issuers: ["https://other.example"],
                keys: .inline(jwks: Self.keySet([other, namesake])),
                audience: ["https://other.example/api"],
                groups: GroupClaims(paths: [ClaimPath(["groups"])]),
                roles: [RoleMapping(group: "members", role: "atlas.user")]
            ),
            IssuerRecord(
                id: "keycloak",
                issuers: ["https://keycloak.example/realms/x"],
                keys: .inline(jwks: Self.keySet([main])),
                profile: .keycloak,
                audience: ["gateway"],
                allowedClients: ["cli", "web"]
            ),
            IssuerRecord(
                id: "wlcg",
                issuers: ["https://wlcg.example"],
                keys: .inline(jwks: Self.keySet([nameless])),
                profile: .wlcg,
                audience: [Self.audience],
                groups: GroupClaims(paths: [ClaimPath(["wlcg.groups"])], stripsLeadingSlash: true),
                roles: [RoleMapping(group: "atlas/production", role: "atlas.production")]
            ),
            IssuerRecord(
                id: "legacy",
                issuers: ["https://legacy.example"],
                keys: .inline(jwks: Self.keySet([main])),
                profile: .legacy,
                audience: [Self.audience]
            ),
        ]
    }

    func authenticator(clock: any WallClock = MovableClock()) throws -> BearerAuthenticator {
        try BearerAuthenticator(issuers: records, fetch: ScriptedFetch(), clock: clock)
    }

    /// The header of a good token of the main issuer.
    static let header: JSONValue = ["typ": "at+jwt", "alg": "ES256", "kid": "a1"]

    /// The claims of a good token of the main issuer.
    var claims: JSONValue {
        [
            "iss": "https://issuer.example/", "sub": "248289761001", "aud": .string(Self.audience),
            "exp": .integer(now + 600), "iat": .integer(now - 10), "client_id": "cli", "jti": "x",
            "scope": "epic:read openid", "groups": ["members", "others"],
        ]
    }

    /// A token with members replaced, added, or (nil) left out.
    func token(
        header: [String: JSONValue?] = [:],
        claims: [String: JSONValue?] = [:],
        key: SigningKey? = nil
    ) throws -> String {
        try raw(
            header: try Self.text(Self.header, header),
            claims: try Self.text(self.claims, claims),
            key: key
        )
    }

    /// A token with exactly these texts as header and claims.
    func raw(header: String? = nil, claims: String? = nil, key: SigningKey? = nil) throws -> String {
        let header = try header ?? Self.text(Self.header, [:])
        let claims = try claims ?? Self.text(self.claims, [:])
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8))
        return signed + "." + Base64URL.encode(try (key ?? main).sign(signed))
    }

    static func text(_ base: JSONValue, _ changes: [String: JSONValue?]) throws -> String {
        var object = try #require(base.object)
        for (name, value) in changes { object[name] = value }
        return String(decoding: JSONValue.object(object).serialized, as: UTF8.self)
    }
}

extension BearerAuthenticator {
    /// What becomes of a token in an ordinary header.
    func outcome(of token: String) async -> AuthenticationOutcome {
        await authenticate(PresentedCredentials(authorization: ["Bearer " + token]))
    }
}
