import GatewayCore
import JSON

/// Decides whether claims that an issuer vouches for are those of an access token for us, now.
struct ClaimsCheck: Sendable {
    /// The longest subject, in characters (OpenID Connect Core section 2).
    static let longestSubject = 255
    /// What ID tokens, logout tokens, security events and proofs of possession have and access tokens have not.
    private static let foreignClaims = ["nonce", "at_hash", "c_hash", "s_hash", "events", "toe", "htm", "htu", "ath"]

    let record: IssuerRecord
    /// Seconds since 1970.
    let now: Int64

    /// Checks the claims.
    /// - Returns: when the token expires, in seconds since 1970.
    func check(_ claims: JSONNode) throws(TokenRefusal) -> Int64 {
        let expiry = try checkTimes(claims)
        try checkKind(claims)
        try checkAudience(claims)
        try checkClient(claims)
        try checkSubject(claims)
        return expiry
    }

    private func checkTimes(_ claims: JSONNode) throws(TokenRefusal) -> Int64 {
        let expiry = try ClaimTimes(skew: record.skew, now: now).check(claims)
        // A token that hides when it was issued is taken as issued now.
        let issued = try ClaimTimes.time(claims, "iat") ?? now
        guard expiry - issued <= record.maximumLifetime else { throw .lifetime }
        return expiry
    }

    func checkKind(_ claims: JSONNode) throws(TokenRefusal) {
        guard claims["cnf"] == nil else { throw .bound }
        guard Self.foreignClaims.allSatisfy({ claims[$0] == nil }) else { throw .notAccessToken }
        let type = claims["typ"]
        guard type == nil || type?.kind == .string else { throw .claims }
        guard record.profile.allows(claimType: type?.string) else { throw .notAccessToken }
    }

    func checkAudience(_ claims: JSONNode) throws(TokenRefusal) {
        guard let audience = claims["aud"], let values = audience.strings else { throw .audience }
        guard values.contains(where: record.audience.containsExactly) else { throw .audience }
    }

    func checkClient(_ claims: JSONNode) throws(TokenRefusal) {
        var clients: [String] = []
        for name in ["azp", "client_id"] {
            guard let node = claims[name] else { continue }
            guard let client = node.string else { throw .claims }
            clients.append(client)
        }
        guard !record.allowedClients.isEmpty else { return }
        guard !clients.isEmpty, clients.allSatisfy(record.allowedClients.containsExactly) else { throw .client }
    }

    func checkSubject(_ claims: JSONNode) throws(TokenRefusal) {
        guard let subject = record.subject.value(in: claims)?.string?.utf8,
            (1...Self.longestSubject).contains(subject.count),
            subject.allSatisfy({ (0x20...0x7E).contains($0) }),
            subject.contains(where: { $0 != 0x20 })
        else { throw .subject }
    }
}
