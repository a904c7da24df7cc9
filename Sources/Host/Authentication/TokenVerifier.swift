import GatewayCore
import JSON

/// Carries a token from its text to a principal: form, issuer, key, signature, claims, mapping, in this order.
struct TokenVerifier: Sendable {
    private let precheck: TokenPrecheck
    private let keys: [String: IssuerKeys]
    private let clock: any WallClock

    init(
        issuers: [IssuerRecord],
        fetch: any HTTPFetch,
        limits: AuthenticationLimits,
        clock: any WallClock
    ) {
        precheck = TokenPrecheck(issuers)
        keys = Dictionary(
            issuers.map { ($0.id, IssuerKeys(record: $0, fetch: fetch, limits: limits, clock: clock)) },
            uniquingKeysWith: { first, _ in first }
        )
        self.clock = clock
    }

    func verify(_ text: [UInt8]) async throws(TokenRefusal) -> VerifiedToken {
        let token = try precheck.check(text)
        guard let issuerKeys = keys[token.record.id] else { throw .unknownIssuer }
        let key = try await issuerKeys.key(for: token)
        guard key.verify(token.signature, over: token.signedBytes, by: token.algorithm) else { throw .signature }
        let now = clock.now
        let expiry = try ClaimsCheck(record: token.record, now: now).check(token.claims)
        let principal = try ClaimMapping(record: token.record, now: now)
            .principal(issuer: token.issuer, claims: token.claims)
        guard token.record.isOwn else { return VerifiedToken(principal: principal, expiresAt: expiry) }
        guard let grant = token.claims["sid"]?.string, let client = token.claims["client_id"]?.string else {
            throw .claims
        }
        return VerifiedToken(
            principal: principal,
            expiresAt: expiry,
            grant: GrantedToken(grant: grant, client: client, scopes: principal.scopes)
        )
    }
}
