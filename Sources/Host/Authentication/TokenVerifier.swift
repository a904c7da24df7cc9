import GatewayCore
import JSON

/// Carries a token from its text to a principal: form, issuer, key, signature, claims, mapping, in this order; or has
/// its issuer say what it is worth.
struct TokenVerifier: Sendable {
    private let precheck: TokenPrecheck
    private let opaque: OpaqueTokens
    private let keys: [String: IssuerKeys]
    private let askers: [String: TokenAsker]
    private let limits: AuthenticationLimits
    private let clock: any WallClock

    init(
        issuers: [IssuerRecord],
        fetch: any HTTPFetch,
        limits: AuthenticationLimits,
        clock: any WallClock
    ) {
        precheck = TokenPrecheck(issuers)
        opaque = OpaqueTokens(issuers)
        func table<Value>(_ value: (IssuerRecord) -> Value?) -> [String: Value] {
            Dictionary(
                issuers.compactMap { issuer in value(issuer).map { (issuer.id, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
        keys = table {
            let limits = $0.isOwn ? limits.forOwnKeys : limits
            return $0.profile.isAsked ? nil : IssuerKeys(record: $0, fetch: fetch, limits: limits, clock: clock)
        }
        askers = table { TokenAsker($0, fetch: fetch, limits: limits, clock: clock) }
        self.limits = limits
        self.clock = clock
    }

    /// What a token is worth, and for how many seconds that may be believed at most.
    func verify(_ text: [UInt8]) async throws(TokenRefusal) -> (token: VerifiedToken, lifetime: Int64) {
        if let record = opaque.marked(text) { return try await ask(record, text) }
        let token: ReadToken
        do throws(TokenRefusal) {
            token = try precheck.read(text)
        } catch {
            guard error == .malformed, !TokenPrecheck.looksSigned(text), let record = opaque.unmarked(text) else {
                throw error
            }
            return try await ask(record, text)
        }
        // Signed or not: of such an issuer only its own word counts.
        guard !token.record.profile.isAsked else { return try await ask(token.record, text) }
        return (try await verify(try precheck.check(token)), .max)
    }

    private func ask(
        _ record: IssuerRecord,
        _ text: [UInt8]
    ) async throws(TokenRefusal) -> (token: VerifiedToken, lifetime: Int64) {
        guard let asker = askers[record.id] else { throw .unknownIssuer }
        return (try await asker.verify(text), limits.askedLifetime)
    }

    private func verify(_ token: CheckedToken) async throws(TokenRefusal) -> VerifiedToken {
        guard let issuerKeys = keys[token.record.id] else { throw .unknownIssuer }
        let key = try await issuerKeys.key(for: token)
        guard key.verify(token.signature, over: token.signedBytes, by: token.algorithm) else { throw .signature }
        let now = clock.now
        let expiry = try ClaimsCheck(record: token.record, now: now).check(token.claims)
        let principal = try ClaimMapping(record: token.record, now: now)
            .principal(issuer: token.issuer, claims: token.claims)
        guard token.record.isOwn else {
            return VerifiedToken(
                principal: principal,
                expiresAt: expiry,
                identifiers: ["jti", "sid"].compactMap { token.claims[$0]?.string },
                issuedAt: try ClaimTimes.time(token.claims, "iat")
            )
        }
        guard let grant = token.claims["sid"]?.string, let client = token.claims["client_id"]?.string,
            let keyID = token.keyID
        else { throw .claims }
        return VerifiedToken(
            principal: principal,
            expiresAt: expiry,
            grant: GrantedToken(grant: grant, client: client, scopes: principal.scopes, key: keyID)
        )
    }
}
