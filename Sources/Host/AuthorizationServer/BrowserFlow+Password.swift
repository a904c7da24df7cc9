import GatewayCore

/// The login at the gateway itself, in place of a provider's pages.
extension BrowserFlow {
    /// Asks for the name and the password.
    func askForPassword(
        _ pending: PendingLogin,
        at provider: LoginProvider,
        isAgain: Bool,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        var pending = pending
        pending.stage = .password(provider: provider.id)
        let view = PasswordView(ticket: try await keep(pending), label: provider.label, isAgain: isAgain)
        return BrowserStep(.password(view), cookies)
    }

    /// `POST /login/password`.
    func logIn(_ username: String, _ password: String, ticket: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard let pending = try await take(ticket, boundTo: cookies.login),
                case .password(let id) = pending.stage, let provider = workshop.settings.provider(id),
                let local = provider.local
            else { return Self.expired(cookies) }
            guard local.accepts(username, password) else {
                workshop.report(.loginFailed, client: pending.client, provider: id, "the name or the password is wrong")
                return try await askForPassword(pending, at: provider, isAgain: true, cookies)
            }
            workshop.report(.loginSucceeded, client: pending.client, provider: id)
            let login = ProvenLogin(
                provider: id,
                issuer: local.issuer,
                subject: local.username,
                username: local.username,
                groups: local.groups,
                authenticatedAt: workshop.now,
                upstreamRefreshToken: nil,
                tokens: nil
            )
            return await finish(pending, login, cookies)
        }
    }
}
