import GatewayCore
import JSON

/// Decides whether what an issuer says of a token makes it an access token for us, now (RFC 7662 section 2.2).
struct IntrospectionCheck: Sendable {
    let record: IssuerRecord
    /// Seconds since 1970.
    let now: Int64

    /// What the token is worth.
    ///
    /// How long it may live is the issuer's choice: the issuer is asked again and again.
    func check(_ answer: JSONNode) throws(TokenRefusal) -> (issuer: String, expiry: Int64) {
        guard answer.kind == .object, let active = answer["active"], active.kind == .bool else { throw .claims }
        guard active.bool == true else { throw .inactive }
        let issuer = try issuer(answer)
        let claims = ClaimsCheck(record: record, now: now)
        let expiry = try expiry(answer)
        try checkKind(answer)
        try claims.checkKind(answer)
        try checkAudience(answer, claims)
        try claims.checkSubject(answer)
        return (issuer, expiry)
    }

    private func issuer(_ answer: JSONNode) throws(TokenRefusal) -> String {
        guard let node = answer["iss"] else { return record.issuers[0] }
        guard let issuer = node.string, record.issuers.containsExactly(issuer) else { throw .unknownIssuer }
        return issuer
    }

    private func expiry(_ answer: JSONNode) throws(TokenRefusal) -> Int64 {
        guard answer["exp"] == nil else { return try ClaimTimes(skew: record.skew, now: now).check(answer) }
        let begin = try ClaimTimes.time(answer, "nbf")
        guard (begin ?? now) <= now + record.skew else { throw .notYetValid }
        return now + record.maximumLifetime
    }

    /// Neither a refresh token nor one that needs a proof.
    private func checkKind(_ answer: JSONNode) throws(TokenRefusal) {
        for (name, words) in [("token_type", ["bearer", "access_token"]), ("token_use", ["access_token"])] {
            guard let node = answer[name] else { continue }
            guard let word = node.string?.lowercased() else { throw .claims }
            guard words.contains(word) else { throw word == "dpop" ? .bound : .notAccessToken }
        }
    }

    /// Where the issuer does not say for whom a token is, the client it was issued to must be one of those listed.
    private func checkAudience(_ answer: JSONNode, _ claims: ClaimsCheck) throws(TokenRefusal) {
        if answer["aud"] != nil {
            try claims.checkAudience(answer)
        } else if record.allowedClients.isEmpty {
            throw .audience
        }
        try claims.checkClient(answer)
    }
}
