import GatewayCore
import GatewayState

/// Asks the issuer of a login from time to time whether the person is still who they were.
struct Confirmation: Sendable {
    let workshop: Workshop
    let providers: UpstreamProviders

    /// The grant with what its issuer says now; as it was when it is not time to ask, or nothing to ask with.
    ///
    /// The other logins of the person are asked about at the same time: whatever comes of that changes no other login.
    /// - Throws: `invalid_grant` when the issuer has ended the login.
    func confirmed(_ grant: GrantRecord) async throws(OAuthError) -> GrantRecord {
        async let others: Void = confirmLogins(of: grant.person)
        let own: Result<GrantRecord, OAuthError>
        do throws(OAuthError) {
            own = .success(try await confirmedAlone(grant))
        } catch {
            own = .failure(error)
        }
        await others
        let confirmed = try own.get()
        try await checkLogin(of: confirmed)
        return confirmed
    }

    /// Where sources are asked with what a login gave, the grant has no refresh token of its own: then it goes on for as
    /// long as the login does, and while its issuer is silent for no longer than others.
    private func checkLogin(of grant: GrantRecord) async throws(OAuthError) {
        guard grant.upstreamRefreshToken == nil, workshop.settings.keepsTokens(of: grant.provider) else { return }
        let now = workshop.now
        let (logins, present) = try await workshop.state { store throws(StateError) in
            (try await store.logins(of: grant.person, at: now), try await store.liveGrant(grant.id, at: now))
        }
        guard present != nil else {
            throw OAuthError(.invalidGrant, "The login behind the grant has ended; log in again.")
        }
        let login = logins.first { $0.issuer == grant.issuer && $0.subject == grant.subject }
        guard let login, login.upstreamRefreshToken != nil else { return }
        guard now - login.confirmedAt < workshop.settings.lifetimes.unconfirmed else { throw .unavailable }
    }

    private func confirmedAlone(_ grant: GrantRecord) async throws(OAuthError) -> GrantRecord {
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
            let answer = try await ask(provider, with: token, about: grant.issuer, grant.subject)
            confirmed.upstreamRefreshToken = answer.token
            if let identity = answer.identity {
                confirmed.groups = identity.groups
                confirmed.username = identity.username ?? grant.username
            }
            (confirmed.confirmedAt, confirmed.usedAt) = (now, now)
        } catch {
            return try await unconfirmed(grant, error, at: now)
        }
        let kept = confirmed
        try await workshop.state { store throws(StateError) in
            try await store.confirm(kept)
            try await store.confirm(LoginRecord(of: kept))
        }
        return confirmed
    }

    // MARK: - Logins of a person

    /// Asks about each login of a person that can be asked about; a fault of one is told to the operator alone.
    private func confirmLogins(of person: String) async {
        let now = workshop.now
        let logins = try? await workshop.state { store throws(StateError) in
            try await store.logins(of: person, at: now)
        }
        await withTaskGroup { group in
            for login in logins ?? [] {
                group.addTask { try? await confirm(login, at: now) }
            }
        }
    }

    private func confirm(_ login: LoginRecord, at now: Int64) async throws(OAuthError) {
        guard now - login.confirmedAt >= workshop.settings.lifetimes.confirmation,
            login.upstreamRefreshToken != nil, let provider = workshop.settings.provider(login.provider)
        else { return }
        let isOurs = try await workshop.state { store throws(StateError) in
            try await store.beginConfirmation(of: login, at: now)
        }
        guard isOurs else { return }
        switch try await LoginRenewal(workshop: workshop, providers: providers).renew(login, at: provider) {
        case .renewed, .ended, .overtaken: return
        case .underWay, .unavailable:
            try await workshop.state { store throws(StateError) in
                try await store.takeBackConfirmation(of: login, begunAt: now)
            }
        }
    }

    // MARK: - One question

    private func ask(
        _ provider: LoginProvider,
        with token: String,
        about issuer: String,
        _ subject: String
    ) async throws(UpstreamFault) -> (identity: UpstreamIdentity?, token: String) {
        let limits = workshop.settings.limits
        let tokens = try await providers.tokens(refreshing: token, at: provider, limits)
        let next = tokens.refreshToken ?? token
        guard let idToken = tokens.idToken else { return (nil, next) }
        let userinfo = try await providers.userinfo(tokens.accessToken, at: provider, limits)
        let identity = try await identity(idToken, tokens.accessToken, userinfo, provider)
        guard identity.issuer == issuer, identity.subject == subject else { throw .rejected("another person") }
        return (identity, next)
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

extension LoginRecord {
    /// What the issuer of a grant just said of its person; the refresh token is the grant's.
    fileprivate init(of grant: GrantRecord) {
        self.init(
            provider: grant.provider,
            issuer: grant.issuer,
            subject: grant.subject,
            username: grant.username,
            groups: grant.groups,
            authenticatedAt: grant.authenticatedAt,
            provenAt: grant.confirmedAt,
            expiresAt: grant.expiresAt
        )
    }
}
