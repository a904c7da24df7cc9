package import GatewayCore
import JSON

/// Reads who logged in from ID tokens, and who a client is from its assertions, with the rules that access tokens have.
package struct IdentityReader: IdentityReading {
    private let records: [String: IssuerRecord]
    private let prechecks: [String: TokenPrecheck]
    private let keys: [String: IssuerKeys]
    private let limits: AuthenticationLimits
    private let clock: any WallClock

    /// Creates a reader for the issuers at which people log in.
    package init(
        providers: [IssuerRecord],
        fetch: any HTTPFetch,
        limits: AuthenticationLimits,
        clock: any WallClock = SystemWallClock()
    ) {
        // What marks access tokens says nothing of ID tokens: those have `JWT` or nothing (`IDTokenCheck`).
        let records = providers.map { provider in
            var record = provider
            record.profile = .legacy
            return record
        }
        func table<Value>(_ value: (IssuerRecord) -> Value) -> [String: Value] {
            Dictionary(records.map { ($0.id, value($0)) }, uniquingKeysWith: { first, _ in first })
        }
        self.records = table { $0 }
        prechecks = table { TokenPrecheck([$0]) }
        keys = table { IssuerKeys(record: $0, fetch: fetch, limits: limits, clock: clock) }
        self.limits = limits
        self.clock = clock
    }

    package func identity(
        in answer: LoginAnswer,
        of provider: String
    ) async throws(TokenRefusal) -> UpstreamIdentity {
        guard let record = records[provider], let precheck = prechecks[provider], let issuerKeys = keys[provider] else {
            throw .unknownIssuer
        }
        let token = try precheck.check(Array(answer.idToken.utf8))
        let key = try await issuerKeys.key(for: token)
        guard key.verify(token.signature, over: token.signedBytes, by: token.algorithm) else { throw .signature }
        let now = clock.now
        try IDTokenCheck(record: record, answer: answer, now: now).check(token)
        let mapping = ClaimMapping(record: record, now: now)
        let subject = token.claims["sub"]?.string ?? ""
        let userinfo = try userinfo(answer.userinfo, of: subject)
        let groups = mapping.groups(token.claims) + (userinfo.map(mapping.groups) ?? [])
        var seen: Set<String> = []
        return UpstreamIdentity(
            issuer: token.issuer,
            subject: subject,
            username: mapping.username(token.claims) ?? userinfo.flatMap(mapping.username),
            groups: groups.filter { seen.insert($0).inserted },
            authenticatedAt: mapping.authenticationTime(token.claims)
        )
    }

    package func roles(of groups: [String], at provider: String) -> Set<String> {
        records[provider].map { ClaimMapping(record: $0, now: clock.now).roles(of: groups) } ?? []
    }

    package func assertion(
        _ text: String,
        of client: String,
        signedBy keySet: [UInt8]
    ) async throws(TokenRefusal) -> ClientAssertion {
        let record = IssuerRecord(
            id: "client",
            issuers: [client],
            keys: .inline(jwks: keySet),
            profile: .legacy,
            audience: []
        )
        let token = try TokenPrecheck([record]).check(Array(text.utf8))
        guard token.type.map({ ["jwt", "client-authentication+jwt"].contains($0.lowercased()) }) ?? true else {
            throw .notAccessToken
        }
        guard let keys = await KeySet(keySet, algorithms: record.algorithms, limits: limits) else {
            throw .keysUnavailable
        }
        let key = try keys.key(for: token)
        guard key.verify(token.signature, over: token.signedBytes, by: token.algorithm) else { throw .signature }
        let claims = token.claims
        let expiry = try ClaimTimes(skew: record.skew, now: clock.now).check(claims)
        guard claims["sub"]?.isString(client) == true else { throw .subject }
        guard let audience = claims["aud"]?.strings else { throw .audience }
        guard let identifier = claims["jti"]?.string, (1...255).contains(identifier.utf8.count),
            identifier.utf8.allSatisfy({ $0 >= 0x20 })
        else { throw .claims }
        return ClientAssertion(audience: audience, identifier: identifier, expiresAt: expiry)
    }

    /// The answer of the userinfo endpoint, which must be about the same person (OpenID Connect Core section 5.3.2).
    private func userinfo(_ bytes: [UInt8]?, of subject: String) throws(TokenRefusal) -> JSONNode? {
        guard let bytes else { return nil }
        let bounds = JSONLimits(depth: TokenPrecheck.depth, bytes: limits.keySetBytes)
        guard let document = try? JSONDocument(parsing: bytes, limits: bounds), document.root.kind == .object else {
            throw .malformed
        }
        guard document.root["sub"]?.string?.isExactly(subject) == true else { throw .subject }
        return document.root
    }
}
