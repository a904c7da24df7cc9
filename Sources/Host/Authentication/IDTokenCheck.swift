import GatewayCore
import JSON
import Sealing

/// Decides whether an ID token is the answer to our own login (OpenID Connect Core section 3.1.3.7).
struct IDTokenCheck: Sendable {
    let record: IssuerRecord
    let answer: LoginAnswer
    /// Seconds since 1970.
    let now: Int64

    func check(_ token: CheckedToken) throws(TokenRefusal) {
        let claims = token.claims
        guard token.type.map({ $0.lowercased() == "jwt" }) ?? true, claims["events"] == nil else {
            throw .notAccessToken
        }
        _ = try ClaimTimes(skew: record.skew, now: now).check(claims)
        guard claims["iat"] != nil else { throw .claims }
        guard let audience = claims["aud"]?.strings, audience.containsExactly(answer.client) else { throw .audience }
        let party = claims["azp"]
        guard party?.string?.isExactly(answer.client) ?? (party == nil && audience.count == 1) else { throw .client }
        if let nonce = answer.nonce {
            guard let found = claims["nonce"]?.string,
                ConstantTime.areEqual(Array(found.utf8), Array(nonce.utf8))
            else { throw .claims }
        }
        guard let subject = claims["sub"]?.string?.utf8, (1...ClaimsCheck.longestSubject).contains(subject.count),
            subject.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .subject }
        try checkAccessToken(claims, token.algorithm)
    }

    /// The access token beside it is the one it was issued with (section 3.1.3.6), where it says so with our hash.
    private func checkAccessToken(_ claims: JSONNode, _ algorithm: SigningAlgorithm) throws(TokenRefusal) {
        guard let hash = claims["at_hash"], let accessToken = answer.accessToken,
            [.rs256, .ps256, .es256].contains(algorithm)
        else { return }
        let half = Base64URL.encode(Array(Digest.sha256(Array(accessToken.utf8)).prefix(16)))
        guard hash.isString(half) else { throw .claims }
    }
}
