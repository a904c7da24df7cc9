/// Logins that are recent enough (OpenID Connect Core section 3.1.2.1, RFC 9470 section 4).
extension BrowserFlow {
    /// By how much the provider's clock may differ, in seconds.
    private static let skew: Int64 = 60

    /// Who is logged in, if that is recent enough for who waits; otherwise they must log in anew.
    func session(
        _ cookies: BrowserCookies,
        for pending: inout PendingLogin
    ) async throws(OAuthError) -> BrowserSession? {
        guard !pending.needsLogin, let session = try await session(cookies) else { return nil }
        guard let age = try await maximumAge(of: session, for: pending) else { return session }
        pending.maximumAge = age
        guard isOlder(session, than: age) else { return session }
        pending.needsLogin = true
        return nil
    }

    /// The way back to the provider, or to nowhere, of somebody whose login there is too old; nil for all others.
    func again(
        _ pending: PendingLogin,
        _ session: BrowserSession,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep? {
        guard let age = try await maximumAge(of: session, for: pending),
            isOlder(session, than: age + Self.skew),
            let provider = workshop.settings.provider(session.provider)
        else { return nil }
        guard !pending.needsLogin else {
            workshop.report(.loginFailed, client: pending.client, provider: provider.id, "the login is too old")
            return Self.refused(
                "You have to log in again",
                """
                What you want to do needs a login of the last minutes, and \(provider.label) does not say that yours is. \
                Log out there, and start again in the application.
                """,
                cookies,
                status: 403
            )
        }
        var pending = pending
        pending.needsLogin = true
        pending.maximumAge = age
        return try await leave(pending, to: provider, cookies)
    }

    /// A login of which nobody says when it was is older than any age.
    private func isOlder(_ session: BrowserSession, than age: Int64) -> Bool {
        session.authenticatedAt.map { workshop.now - $0 > age } ?? true
    }

    /// How old the login may be: as the client says, or as a call of it was answered.
    private func maximumAge(
        of session: BrowserSession,
        for pending: PendingLogin
    ) async throws(OAuthError) -> Int64? {
        let demanded = try await demands.maximumAge(of: session, for: pending.client)
        return [pending.maximumAge, demanded].compactMap(\.self).min()
    }
}
