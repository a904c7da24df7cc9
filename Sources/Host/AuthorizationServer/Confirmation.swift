import GatewayCore
import GatewayState

/// Asks the issuer of a login from time to time whether the person is still who they were.
struct Confirmation: Sendable {
    let workshop: Workshop
    let providers: UpstreamProviders

    /// The grant with what its issuer says now; as it was when it is not time to ask, or nothing to ask with.
    /// - Throws: `invalid_grant` when the issuer has ended the login.
    func confirmed(_ grant: GrantRecord) async throws(OAuthError) -> GrantRecord {
        let (now, lifetimes) = (workshop.now, workshop.settings.lifetimes)
        guard now - grant.confirmedAt >= lifetimes.confirmation, let token = grant.upstreamRefreshToken,
            let provider = workshop.settings.provider(grant.provider)
        else { return grant }
        let isOurs = try await workshop.state { store throws(StateError) in
            try await store.beginConfirmation(of: grant, at: now)
        }
        guard isOurs else { return grant }
        var confirmed = grant
        do throws(UpstreamFault) {
            let limits = workshop.settings.limits
            let tokens = try await providers.tokens(refreshing: token, at: provider, limits)
            confirmed.upstreamRefreshToken = tokens.refreshToken ?? token
            if let idToken = tokens.idToken {
                let userinfo = try await providers.userinfo(tokens.accessToken, at: provider, limits)
                let identity = try await identity(idToken, tokens.accessToken, userinfo, provider)
                guard identity.issuer == grant.issuer, identity.subject == grant.subject else {
                    throw .rejected("another person")
                }
                confirmed.groups = identity.groups
                confirmed.username = identity.username ?? grant.username
            }
            (confirmed.confirmedAt, confirmed.usedAt) = (now, now)
        } catch {
            return try await unconfirmed(grant, error, at: now)
        }
        let kept = confirmed
        try await workshop.state { store throws(StateError) in try await store.confirm(kept) }
        return confirmed
    }

    private func identity(
        _ idToken: String,
        _ accessToken: String?,
        _ userinfo: [UInt8]?,
        _ provider: LoginProvider
    ) async throws(UpstreamFault) -> UpstreamIdentity {
        let answer = LoginAnswer(
            idToken: idToken,
            client: provider.clientID,
            nonce: nil,
            accessToken: accessToken,
            userinfo: userinfo
        )
        do throws(TokenRefusal) {
            return try await workshop.identities.identity(in: answer, of: provider.id)
        } catch {
            throw .unavailable("the ID token is not accepted: \(error.rawValue)")
        }
    }

    /// An issuer that says no ends the grant; one that does not answer is given some time.
    private func unconfirmed(
        _ grant: GrantRecord,
        _ fault: UpstreamFault,
        at now: Int64
    ) async throws(OAuthError) -> GrantRecord {
        workshop.report(.loginFailed, client: grant.client, provider: grant.provider, grant: grant.id, "\(fault)")
        if case .rejected = fault {
            try await workshop.state { store throws(StateError) in try await store.endGrant(grant.id, at: now) }
            throw OAuthError(.invalidGrant, "The login behind the grant has ended; log in again.")
        }
        try await workshop.state { store throws(StateError) in try await store.confirm(grant) }
        guard now - grant.confirmedAt < workshop.settings.lifetimes.unconfirmed else { throw .unavailable }
        return grant
    }
}
