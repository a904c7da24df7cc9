import GatewayState

/// Lets a client give back what it was given (RFC 7009).
struct Revocation: Sendable {
    let workshop: Workshop
    let check: ClientCheck
    let standings: GrantStandings

    /// Ends the grant of a token that the client has; a token it has not is no error (RFC 7009 section 2.2).
    func revoke(_ form: FormParameters, authorization: [String]) async throws(OAuthError) {
        let client = try await check.client(ClientCredential(authorization: authorization, form))
        guard let token = form["token"] else { throw OAuthError(.invalidRequest, "token is missing.") }
        let digest = Secret.digest(token)
        let known = try await workshop.state { store throws(StateError) in
            try await store.refreshToken(digest: digest)
        }
        // An access token of ours names its grant; that it is the client's own is looked up, not believed.
        guard let id = known?.grant ?? UncheckedClaims.text("sid", in: token) else { return }
        let grant = try await workshop.state { store throws(StateError) in try await store.grant(id) }
        guard let grant, grant.client == client.id else { return }
        let now = workshop.now
        try await workshop.state { store throws(StateError) in try await store.endGrant(id, at: now) }
        standings.forget(id)
        workshop.report(.revoked, client: client.id, grant: id)
    }
}
