package import GatewayCore
import Sealing

/// Accepts the access tokens of trusted issuers (RFC 6750, RFC 9068, RFC 8725).
package struct BearerAuthenticator: Authenticating {
    private let verifier: TokenVerifier
    private let cache: TokenCache
    private let limits: AuthenticationLimits
    private let clock: any WallClock
    private let grants: (any GrantChecking)?
    private let revocations: (any RevocationChecking)?

    /// Creates an authenticator; fetches nothing yet.
    ///
    /// With `grants` it accepts what the gateway itself gave out, for as long as that holds. With `revocations` the
    /// site can take back tokens of other issuers.
    /// - Throws: `IssuerRecordError` with all problems of the records.
    package init(
        issuers: [IssuerRecord],
        fetch: any HTTPFetch,
        limits: AuthenticationLimits = AuthenticationLimits(),
        clock: any WallClock = SystemWallClock(),
        grants: (any GrantChecking)? = nil,
        revocations: (any RevocationChecking)? = nil
    ) throws(IssuerRecordError) {
        let problems = IssuerRecordProblem.problems(in: issuers)
        guard problems.isEmpty else { throw IssuerRecordError(problems: problems) }
        verifier = TokenVerifier(issuers: issuers, fetch: fetch, limits: limits, clock: clock)
        cache = TokenCache(capacity: limits.cachedTokens, lifetime: limits.cacheLifetime)
        self.limits = limits
        self.clock = clock
        self.grants = grants
        self.revocations = revocations
    }

    /// Judges the credentials of one request.
    ///
    /// A token in the query is never read. Beside a header it makes the request malformed (RFC 6750 section 2).
    package func authenticate(_ credentials: PresentedCredentials) async -> AuthenticationOutcome {
        guard let value = credentials.authorization.first else { return .anonymous }
        guard credentials.authorization.count == 1, !credentials.hasQueryToken,
            value.utf8.count <= limits.headerBytes
        else { return .malformed }
        guard let token = Self.bearerToken(value) else { return .anonymous }
        return await authenticate(token)
    }

    private func authenticate(_ token: [UInt8]) async -> AuthenticationOutcome {
        if token.starts(with: Self.keyPrefix) { return await authenticate(key: token) }
        let digest = Digest.sha256(token)
        if let known = cache.token(for: digest, at: clock.now) { return await outcome(of: known) }
        do throws(TokenRefusal) {
            let (verified, lifetime) = try await verifier.verify(token)
            cache.store(verified, for: digest, at: clock.now, atMost: lifetime)
            return await outcome(of: verified)
        } catch {
            return .refused(error)
        }
    }

    /// What static keys of the gateway begin with.
    private static let keyPrefix = Array("beam_sk_".utf8)

    private func authenticate(key: [UInt8]) async -> AuthenticationOutcome {
        guard let grants, let text = String(validating: key, as: UTF8.self),
            let known = await grants.principal(ofKey: text)
        else { return .refused(.revoked) }
        return .principal(known.principal, expiresAt: known.expiresAt)
    }

    /// A grant, or what was taken back, is asked about each time, also for a token that is remembered.
    private func outcome(of token: VerifiedToken) async -> AuthenticationOutcome {
        guard let grant = token.grant else {
            switch await revocations?.standing(of: token.names) {
            case .revoked: return .refused(.revoked)
            case .unknown: return .refused(.keysUnavailable)
            case .holds, nil: return .principal(token.principal, expiresAt: token.expiresAt)
            }
        }
        do throws(GrantsUnreadable) {
            guard let principal = try await grants?.principal(of: grant) else { return .refused(.revoked) }
            return .principal(principal, expiresAt: token.expiresAt)
        } catch {
            return .refused(.grantsUnavailable)
        }
    }

    /// What follows `Bearer` and spaces, maybe nothing; nil for another scheme (RFC 9110 section 11.1).
    private static func bearerToken(_ value: String) -> [UInt8]? {
        let bytes = Array(value.utf8)
        let space = UInt8(ascii: " ")
        let scheme = bytes.prefix { $0 != space }
        guard scheme.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
        return Array(bytes[scheme.endIndex...].drop { $0 == space })
    }
}
