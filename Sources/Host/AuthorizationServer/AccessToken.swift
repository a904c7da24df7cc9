import GatewayState
import JSON
import Sealing

/// The gateway's own access token (RFC 9068): short, private, and good for one resource.
///
/// It holds no groups and no roles: those are looked up by its grant, so that a change is in force at once.
enum AccessToken {
    /// Signs a token.
    static func make(
        _ grant: GrantRecord,
        scopes: [String],
        settings: AuthorizationSettings,
        signer: (id: String, key: ES256Key),
        at now: Int64
    ) -> String {
        let header: JSONValue = ["typ": "at+jwt", "alg": "ES256", "kid": .string(signer.id)]
        var claims: [(String, JSONValue)] = [
            ("iss", .string(settings.issuer)), ("sub", .string(grant.person)), ("aud", .string(settings.resource)),
            ("client_id", .string(grant.client)), ("iat", .integer(Int(now))),
            ("exp", .integer(Int(expiry(grant, settings, at: now)))), ("jti", .string(Secret.identifier())),
            ("sid", .string(grant.id)), ("scope", .string(scopes.joined(separator: " "))),
        ]
        if let time = grant.authenticatedAt { claims.append(("auth_time", .integer(Int(time)))) }
        let body = JSONValue.object(JSONObject(members: claims.map { .init(name: $0.0, value: $0.1) }))
        let signed = Base64URL.encode(header.serialized) + "." + Base64URL.encode(body.serialized)
        return signed + "." + Base64URL.encode(signer.key.signature(over: Array(signed.utf8)))
    }

    /// When a token that is made now ends, in seconds since 1970: never after its grant.
    static func expiry(_ grant: GrantRecord, _ settings: AuthorizationSettings, at now: Int64) -> Int64 {
        min(now + settings.lifetimes.accessToken, grant.expiresAt)
    }
}
