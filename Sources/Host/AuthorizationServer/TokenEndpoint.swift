import GatewayCore
import GatewayState
import JSON

/// Gives tokens for codes, refresh tokens, client credentials and device codes (RFC 6749 section 3.2).
struct TokenEndpoint: Sendable {
    let workshop: Workshop
    let directory: ClientDirectory
    let check: ClientCheck
    let keys: SigningKeys
    let confirmation: Confirmation

    /// Answers a request.
    func answer(_ form: FormParameters, authorization: [String]) async throws(OAuthError) -> JSONValue {
        let credential = try ClientCredential(authorization: authorization, form)
        let request = try TokenRequest(form, settings: workshop.settings)
        let client = try await check.client(credential)
        switch request {
        case .code(let code, let redirectURI, let verifier):
            return try await redeem(code, redirectURI, verifier, client)
        case .refresh(let token, let scope): return try await refresh(token, scope, client)
        case .clientCredentials(let scope): return try await credentials(scope, client)
        case .device(let code): return try await device(code, client)
        }
    }

    private static let badGrant = OAuthError(.invalidGrant, "What was presented is not valid, or not for this client.")

    // MARK: - Codes

    private func redeem(
        _ code: String,
        _ redirectURI: String?,
        _ verifier: String,
        _ client: Client
    ) async throws(OAuthError) -> JSONValue {
        let (now, digest) = (workshop.now, Secret.digest(code))
        let record = try await workshop.state { store throws(StateError) in
            try await store.code(digest: digest, at: now)
        }
        guard let record, record.client == client.id else { throw Self.badGrant }
        guard record.usedAt == nil else { throw try await reuse(of: record.grant, client, "code") }
        // Absent is allowed by OAuth 2.1; present, it must be the one of the request.
        guard redirectURI.map({ $0 == record.redirectURI }) ?? true else { throw Self.badGrant }
        guard PKCE.proves(verifier, record.challenge) else { throw Self.badGrant }
        let keptUntil = now + workshop.settings.lifetimes.accessToken
        let isFirst = try await workshop.state { store throws(StateError) in
            try await store.spendCode(digest: digest, at: now, keptUntil: keptUntil)
        }
        guard isFirst else { throw try await reuse(of: record.grant, client, "code") }
        let grant = try await liveGrant(record.grant)
        try await directory.touch(client)
        workshop.report(.granted, client: client.id, provider: grant.provider, grant: grant.id)
        return try await answer(grant, scopes: grant.scopes, refreshToken: newRefreshToken(of: grant))
    }

    /// What was used twice is in the wrong hands, and so may be all that came of it (RFC 9700 section 4.5.2).
    private func reuse(of grant: String, _ client: Client, _ what: String) async throws(OAuthError) -> OAuthError {
        let now = workshop.now
        try await workshop.state { store throws(StateError) in try await store.endGrant(grant, at: now) }
        workshop.report(.reuse, client: client.id, grant: grant, what)
        return Self.badGrant
    }

    // MARK: - Refresh tokens

    private func refresh(_ token: String, _ scope: String?, _ client: Client) async throws(OAuthError) -> JSONValue {
        let (now, lifetimes) = (workshop.now, workshop.settings.lifetimes)
        // Looked at before anything is replaced: a scope that was never granted must not cost the token.
        let digest = Secret.digest(token)
        let known = try await workshop.state { store throws(StateError) in
            try await store.refreshToken(digest: digest)
        }
        guard let known, known.client == client.id else { throw Self.badGrant }
        let grant = try await liveGrant(known.grant)
        guard let scopes = ScopeCatalog.narrowed(grant.scopes, to: scope) else {
            throw OAuthError(.invalidScope, "A refresh cannot have more scopes than were granted.")
        }
        let current = try await confirmation.confirmed(grant)
        let successor = Secret.refreshToken()
        let expiry = min(now + lifetimes.refreshToken, grant.expiresAt)
        let outcome = try await workshop.state { store throws(StateError) in
            try await store.rotateRefreshToken(
                digest: digest,
                client: client.id,
                successor: successor,
                at: now,
                grace: lifetimes.refreshGrace,
                expiresAt: expiry
            )
        }
        let next: String
        switch outcome {
        case .rotated: next = successor
        case .repeated(_, let former): next = former
        case .reused(let id): throw try await reuse(of: id, client, "refresh token")
        case .unknown: throw Self.badGrant
        }
        try await directory.touch(client)
        try await workshop.state { store throws(StateError) in try await store.touchGrant(grant.id, at: now) }
        workshop.report(.refreshed, client: client.id, provider: grant.provider, grant: grant.id)
        return try await answer(current, scopes: scopes, refreshToken: next)
    }

    private func newRefreshToken(of grant: GrantRecord) async throws(OAuthError) -> String {
        let token = Secret.refreshToken()
        let expiry = min(workshop.now + workshop.settings.lifetimes.refreshToken, grant.expiresAt)
        try await workshop.state { store throws(StateError) in
            try await store.addRefreshToken(
                digest: Secret.digest(token),
                grant: grant.id,
                client: grant.client,
                expiresAt: expiry
            )
        }
        return token
    }

    // MARK: - Programs

    private func credentials(_ scope: String?, _ client: Client) async throws(OAuthError) -> JSONValue {
        guard let account = workshop.settings.account(client.id) else {
            throw OAuthError(.unauthorizedClient, "Only service accounts get tokens without a person.")
        }
        let scopes = ScopeCatalog.narrowed(account.scopes, to: scope)
        guard let scopes else {
            throw OAuthError(.invalidScope, "The service account may not have all of these scopes.")
        }
        let now = workshop.now
        let grant = GrantRecord(
            id: Secret.identifier(),
            client: account.id,
            clientName: account.id,
            person: account.id,
            provider: Self.own,
            issuer: workshop.settings.issuer,
            subject: account.id,
            scopes: scopes,
            authenticatedAt: nil,
            createdAt: now,
            expiresAt: min(now + workshop.settings.lifetimes.accessToken, account.expiresAt)
        )
        try await workshop.state { store throws(StateError) in try await store.add(grant) }
        workshop.report(.granted, client: client.id, provider: grant.provider, grant: grant.id)
        return try await answer(grant, scopes: scopes, refreshToken: nil)
    }

    /// The provider of grants without an upstream login.
    static let own = "beamline"

    // MARK: - Devices

    private func device(_ code: String, _ client: Client) async throws(OAuthError) -> JSONValue {
        let (now, digest) = (workshop.now, Secret.digest(code))
        let device = try await workshop.state { store throws(StateError) in try await store.device(digest: digest) }
        guard let device, device.client == client.id else { throw Self.badGrant }
        guard now < device.expiresAt else { throw OAuthError(.expiredToken, "The device code has expired.") }
        let isTooSoon = device.polledAt.map { now < $0 + device.interval } ?? false
        let interval = isTooSoon ? device.interval + 5 : device.interval
        switch device.state {
        case .waiting:
            try await workshop.state { store throws(StateError) in
                try await store.notePoll(digest: digest, at: now, interval: interval)
            }
            throw isTooSoon
                ? OAuthError(.slowDown, "Ask less often: 5 seconds are added to the interval.")
                : OAuthError(.authorizationPending, "Nobody has agreed yet.")
        case .denied: throw OAuthError(.accessDenied, "The person did not agree.")
        case .allowed:
            let isFirst = try await workshop.state { store throws(StateError) in
                try await store.removeDevice(digest: digest)
            }
            guard isFirst, let id = device.grant else { throw Self.badGrant }
            let grant = try await liveGrant(id)
            try await directory.touch(client)
            workshop.report(.granted, client: client.id, provider: grant.provider, grant: grant.id)
            return try await answer(grant, scopes: grant.scopes, refreshToken: newRefreshToken(of: grant))
        }
    }

    // MARK: - Answers

    private func liveGrant(_ id: String) async throws(OAuthError) -> GrantRecord {
        let now = workshop.now
        let grant = try await workshop.state { store throws(StateError) in try await store.liveGrant(id, at: now) }
        guard let grant else { throw Self.badGrant }
        return grant
    }

    private func answer(
        _ grant: GrantRecord,
        scopes: [String],
        refreshToken: String?
    ) async throws(OAuthError) -> JSONValue {
        let now = workshop.now
        let signer = try await workshop.state { _ throws(StateError) in try await keys.signer() }
        let token = AccessToken.make(grant, scopes: scopes, settings: workshop.settings, signer: signer, at: now)
        let lifetime = AccessToken.expiry(grant, workshop.settings, at: now) - now
        var members: [JSONObject.Member] = [
            .init(name: "access_token", value: .string(token)),
            .init(name: "token_type", value: "Bearer"),
            // Always there: some clients never refresh without it.
            .init(name: "expires_in", value: .integer(Int(lifetime))),
            .init(name: "scope", value: .string(try await allowed(scopes, of: grant).joined(separator: " "))),
        ]
        if let refreshToken { members.append(.init(name: "refresh_token", value: .string(refreshToken))) }
        return .object(JSONObject(members: members))
    }

    /// Of the scopes of a token those that the roles of its person allow now; the token follows the roles by itself.
    private func allowed(_ scopes: [String], of grant: GrantRecord) async throws(OAuthError) -> [String] {
        guard grant.provider != Self.own else { return scopes }
        let (settings, now) = (workshop.settings, workshop.now)
        let standing = try await workshop.state { store throws(StateError) in
            try await store.standing(of: grant.id, at: now)
        }
        guard let faces = standing.flatMap({ Faces(of: $0, settings, workshop.identities, at: now) }) else {
            throw Self.badGrant
        }
        return settings.scopes.granted(scopes, to: faces.roles)
    }
}
