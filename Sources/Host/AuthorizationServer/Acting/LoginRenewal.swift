import GatewayCore
import GatewayState

/// Renews a login at its provider, for the groups it gives and the tokens that came with it: by one at a time, whichever
/// gateway on the state that is, as a refresh token is often good for one use.
struct LoginRenewal: Sendable {
    let workshop: Workshop
    let providers: UpstreamProviders

    /// What came of it.
    enum Outcome: Sendable {
        case renewed(LoginTokens)
        /// Somebody else does it at this moment.
        case underWay
        /// The provider has ended the login, and so is all that was granted by it.
        case ended
        /// It does not answer, or there is nothing to ask it with.
        case unavailable
        /// The login is not as it was: somebody logged in anew, or it is gone.
        case overtaken
    }

    /// Renews a login with its refresh token, and keeps what comes of it; unless another has just got tokens that are
    /// good.
    ///
    /// Who asked for it may go meanwhile; it is carried through all the same, for a refresh token that was used and not
    /// replaced would end the login.
    func renew(
        _ login: LoginRecord,
        at provider: LoginProvider,
        unless isGood: @escaping @Sendable (LoginTokens) -> Bool = { _ in false }
    ) async throws(OAuthError) -> Outcome {
        let outcome = await Task { () async -> Result<Outcome, OAuthError> in
            do throws(OAuthError) {
                return .success(try await carryThrough(login, at: provider, unless: isGood))
            } catch {
                return .failure(error)
            }
        }
        .value
        return try outcome.get()
    }

    private func carryThrough(
        _ login: LoginRecord,
        at provider: LoginProvider,
        unless isGood: (LoginTokens) -> Bool
    ) async throws(OAuthError) -> Outcome {
        let (name, now, limits) = (Secret.identifier(), workshop.now, workshop.settings.limits)
        // The requests to the token endpoint, for userinfo and for the metadata at most.
        let leaseEnd = now + 3 * limits.providerTimeout + 5
        let held = try await workshop.state { store throws(StateError) in
            try await store.lease(login, as: name, until: leaseEnd, at: now)
        }
        guard let held else { return .underWay }
        // Read under the lease: what was known before may have been used by another.
        let earlier = held.tokens.flatMap { Document.value(LoginTokens.self, $0) }
        if let earlier, isGood(earlier) {
            try await release(login, name)
            return .renewed(earlier)
        }
        guard let token = held.login.upstreamRefreshToken else {
            try await release(login, name)
            return .unavailable
        }
        let tokens: UpstreamProviders.Tokens
        do throws(UpstreamFault) {
            tokens = try await providers.tokens(refreshing: token, at: provider, limits)
        } catch {
            return try await failed(error, login, provider, name)
        }
        // At once, whatever comes of the answer: the refresh token is the one that counts from now on.
        if let refreshToken = tokens.refreshToken {
            var next = held.login
            next.upstreamRefreshToken = refreshToken
            let kept = next
            let isKept = try await workshop.state { store throws(StateError) in
                try await store.keepRefreshToken(of: kept, leasedAs: name)
            }
            guard isKept else { return .overtaken }
        }
        let identity: UpstreamIdentity?
        do throws(UpstreamFault) {
            identity = try await self.identity(tokens, of: login, at: provider)
        } catch {
            return try await failed(error, login, provider, name)
        }
        return try await keep(tokens, identity, earlier, held.login, name)
    }

    private func failed(
        _ fault: UpstreamFault,
        _ login: LoginRecord,
        _ provider: LoginProvider,
        _ name: String
    ) async throws(OAuthError) -> Outcome {
        workshop.report(.loginFailed, provider: provider.id, "\(fault)")
        let now = workshop.now
        guard fault.endsLogin else {
            try await release(login, name)
            return .unavailable
        }
        let hasEnded = try await workshop.state { store throws(StateError) in
            try await store.end(login, leasedAs: name, at: now)
        }
        return hasEnded ? .ended : .overtaken
    }

    private func keep(
        _ tokens: UpstreamProviders.Tokens,
        _ identity: UpstreamIdentity?,
        _ earlier: LoginTokens?,
        _ login: LoginRecord,
        _ name: String
    ) async throws(OAuthError) -> Outcome {
        let settings = workshop.settings
        let renewed = LoginTokens(tokens, settings.limits, at: workshop.now).over(earlier)
        let document = settings.keepsTokens(of: login.provider) ? Document.bytes(renewed) : nil
        var confirmed = login
        confirmed.confirmedAt = workshop.now
        if let identity {
            confirmed.groups = identity.groups
            confirmed.username = identity.username ?? login.username
        }
        let record = confirmed
        let isKept = try await workshop.state { store throws(StateError) in
            try await store.keep(tokens: document, of: record, leasedAs: name)
        }
        return isKept ? .renewed(renewed) : .overtaken
    }

    private func release(_ login: LoginRecord, _ name: String) async throws(OAuthError) {
        try await workshop.state { store throws(StateError) in try await store.release(login, leasedAs: name) }
    }

    /// Who the provider says it is now; nil where it says nothing of that.
    private func identity(
        _ tokens: UpstreamProviders.Tokens,
        of login: LoginRecord,
        at provider: LoginProvider
    ) async throws(UpstreamFault) -> UpstreamIdentity? {
        guard let idToken = tokens.idToken else { return nil }
        let answer = LoginAnswer(
            idToken: idToken,
            client: provider.clientID,
            nonce: nil,
            accessToken: tokens.accessToken,
            userinfo: try await providers.userinfo(tokens.accessToken, at: provider, workshop.settings.limits)
        )
        let identity: UpstreamIdentity
        do throws(TokenRefusal) {
            identity = try await workshop.identities.identity(in: answer, of: provider.id)
        } catch {
            throw .unavailable("the ID token is not accepted: \(error.rawValue)")
        }
        guard identity.issuer == login.issuer, identity.subject == login.subject else {
            throw .rejected(UpstreamFault.anotherPerson)
        }
        return identity
    }
}

extension UpstreamFault {
    static let anotherPerson = "another person"

    /// Whether the provider says that a login is over, and not that something is wrong with the gateway's client.
    var endsLogin: Bool {
        guard case .rejected(let word) = self else { return false }
        return word == OAuthError.Code.invalidGrant.rawValue || word == Self.anotherPerson
    }
}
