import GatewayState

extension ProvenLogin {
    /// The login as it is kept for its person.
    func record(at now: Int64, _ lifetimes: AuthorizationLifetimes, keepsToken: Bool) -> LoginRecord {
        LoginRecord(
            provider: provider,
            issuer: issuer,
            subject: subject,
            username: username,
            groups: groups,
            authenticatedAt: authenticatedAt,
            provenAt: now,
            expiresAt: now + lifetimes.grant,
            upstreamRefreshToken: keepsToken ? upstreamRefreshToken : nil
        )
    }
}

extension BrowserSession {
    /// Somebody who came back from a login at this moment.
    init(_ login: ProvenLogin, person: String, at now: Int64) {
        self.init(
            person: person,
            provider: login.provider,
            issuer: login.issuer,
            subject: login.subject,
            username: login.username,
            groups: login.groups,
            authenticatedAt: login.authenticatedAt,
            begunAt: now
        )
    }
}
