import GatewayCore
import GatewayState
import JSON
import Sealing

/// Leads a person from a client's request over consent and login to the answer.
///
/// Consent comes before anything goes upstream: the gateway is one client at each provider for all of its own clients,
/// and somebody's login there must not be ridden by a client they never agreed to (RFC 9700 section 4.15).
struct BrowserFlow: Sendable {
    let workshop: Workshop
    let directory: ClientDirectory
    let providers: UpstreamProviders
    let standings: GrantStandings
    let demands: LoginDemands

    // MARK: - The request

    /// `GET /authorize`.
    func begin(_ query: String, _ cookies: BrowserCookies) async -> BrowserStep {
        do throws(AuthorizationRequest.Refusal) {
            let (request, client) = try await request(query)
            return await reporting(cookies) { () throws(OAuthError) in
                try await begin(
                    PendingLogin(
                        purpose: .client(request),
                        stage: .consent,
                        browser: "",
                        needsLogin: request.needsLogin,
                        maximumAge: request.maximumAge
                    ),
                    client,
                    cookies,
                    asksAgain: request.needsConsent || !RedirectURI.isProven(request.redirectURI)
                )
            }
        } catch {
            return refusal(error, cookies)
        }
    }

    private func request(
        _ query: String
    ) async throws(AuthorizationRequest.Refusal) -> (AuthorizationRequest, Client) {
        let parameters: FormParameters
        do throws(OAuthError) {
            parameters = try FormParameters(query)
        } catch {
            throw .page("The application's request cannot be read. " + error.description)
        }
        guard let id = parameters["client_id"] else { throw .page("The application did not say who it is.") }
        let client: Client
        do throws(OAuthError) {
            client = try await directory.client(id)
        } catch  where error.code == .invalidClient {
            throw .page(
                "This application is not known here, or no longer. Remove the server in the application, and add it again."
            )
        } catch {
            throw .unavailable
        }
        guard client.origin != .account else { throw .page("A service account does not log in with a browser.") }
        let redirectURI = try AuthorizationRequest.redirectURI(parameters, of: client)
        let request = try AuthorizationRequest(
            parameters,
            client: client,
            redirectURI: redirectURI,
            settings: workshop.settings
        )
        return (request, client)
    }

    private func begin(
        _ pending: PendingLogin,
        _ client: Client,
        _ cookies: BrowserCookies,
        asksAgain: Bool
    ) async throws(OAuthError) -> BrowserStep {
        var (pending, cookies) = (pending, cookies)
        let session = try await session(cookies, for: &pending)
        if let session, !asksAgain, case .client(let request) = pending.purpose,
            try await hasConsent(session.person, request)
        {
            return try await complete(pending, session, upstream: nil, cookies)
        }
        let form = Self.valid(cookies.form) ?? Secret.make()
        cookies.form = form
        pending.browser = Secret.digest(form)
        let ticket = try await keep(pending)
        let redirectURI: String? =
            if case .client(let request) = pending.purpose { request.redirectURI } else { nil }
        let view = ConsentView(
            ticket: ticket,
            clientName: client.name,
            trust: client.trust,
            redirectHost: redirectURI.map(RedirectURI.host),
            isLoopback: redirectURI.map(RedirectURI.isLoopback) ?? false,
            scopes: pending.scopes.map { RequestedScope(name: $0, meaning: workshop.settings.scopes.meanings[$0]) },
            username: session.map { $0.username ?? $0.subject },
            userCode: try await userCode(pending)
        )
        return BrowserStep(.consent(view), cookies)
    }

    private func userCode(_ pending: PendingLogin) async throws(OAuthError) -> String? {
        guard case .device(let digest, _, _) = pending.purpose else { return nil }
        return try await workshop.state { store throws(StateError) in try await store.device(digest: digest) }?.userCode
    }

    // MARK: - A device's request

    /// `POST /device`: somebody typed the code of a device.
    func begin(userCode: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            let now = workshop.now
            let device = try await workshop.state { store throws(StateError) in
                try await store.device(userCode: userCode, at: now)
            }
            guard let device else {
                return Self.refused(
                    "This code is not known",
                    "Check the code on the device, and type it again.",
                    cookies
                )
            }
            let client = try await directory.client(device.client)
            let purpose = PendingLogin.Purpose.device(
                digest: device.digest,
                client: device.client,
                scopes: device.scopes
            )
            return try await begin(
                PendingLogin(purpose: purpose, stage: .consent, browser: "", needsLogin: false),
                client,
                cookies,
                asksAgain: true
            )
        }
    }

    // MARK: - Consent and choice

    /// What somebody decided on the consent page.
    enum Decision: String, Sendable {
        case allow, deny
        /// Agreed, but as somebody else than who is logged in.
        case switchLogin = "switch"
    }

    /// `POST /login/consent`.
    func decide(_ decision: Decision, ticket: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard var pending = try await take(ticket, boundTo: cookies.form), pending.stage == .consent else {
                return Self.expired(cookies)
            }
            guard decision != .deny else { return try await denied(pending, cookies) }
            if decision == .allow, let session = try await session(cookies, for: &pending) {
                return try await complete(pending, session, upstream: nil, cookies)
            }
            pending.needsLogin = pending.needsLogin || decision == .switchLogin
            return try await logIn(pending, cookies)
        }
    }

    /// Has somebody log in, and sends them to a page of ours afterwards.
    func begin(_ purpose: PendingLogin.Purpose, _ cookies: BrowserCookies) async throws(OAuthError) -> BrowserStep {
        try await logIn(PendingLogin(purpose: purpose, stage: .choice, browser: "", needsLogin: false), cookies)
    }

    private func logIn(_ pending: PendingLogin, _ cookies: BrowserCookies) async throws(OAuthError) -> BrowserStep {
        var (pending, cookies) = (pending, cookies)
        let login = Self.valid(cookies.login) ?? Secret.make()
        cookies.login = login
        pending.browser = Secret.digest(login)
        pending.stage = .choice
        let choices = workshop.settings.providers
        guard choices.count != 1 else { return try await leave(pending, to: choices[0], cookies) }
        guard !choices.isEmpty else {
            return Self.refused("Nobody can log in here", "The site has configured no login.", cookies)
        }
        let next = try await keep(pending)
        return BrowserStep(.chooser(ticket: next, choices.map { LoginChoice(id: $0.id, label: $0.label) }), cookies)
    }

    /// `POST /login/choice`.
    func choose(_ provider: String, ticket: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard let pending = try await take(ticket, boundTo: cookies.login), pending.stage == .choice,
                let provider = workshop.settings.provider(provider)
            else { return Self.expired(cookies) }
            return try await leave(pending, to: provider, cookies)
        }
    }

    func leave(
        _ pending: PendingLogin,
        to provider: LoginProvider,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        guard provider.local == nil else {
            return try await askForPassword(pending, at: provider, isAgain: false, cookies)
        }
        var pending = pending
        let (nonce, verifier) = (Secret.make(), Secret.make())
        pending.stage = .login(provider: provider.id, nonce: nonce, verifier: verifier)
        let state = try await keep(pending)
        do throws(UpstreamFault) {
            let url = try await providers.loginURL(
                of: provider,
                callback: workshop.settings.callback(of: provider.id),
                state: state,
                nonce: nonce,
                verifier: verifier,
                forces: pending.needsLogin,
                maximumAge: pending.maximumAge,
                workshop.settings.limits
            )
            return BrowserStep(.leave(url), cookies)
        } catch {
            workshop.report(.loginFailed, client: pending.client, provider: provider.id, "\(error)")
            return Self.refused(
                "\(provider.label) does not answer",
                "The login cannot be used now. Try again later, or choose another.",
                cookies,
                status: 502
            )
        }
    }

    // MARK: - The way back

    /// `GET /login/callback/<provider>`.
    func comeBack(from id: String, _ query: String, _ cookies: BrowserCookies) async -> BrowserStep {
        let begun = workshop.now
        return await reporting(cookies) { () throws(OAuthError) in
            guard let parameters = try? FormParameters(query), let state = parameters["state"],
                let pending = try await take(state, boundTo: cookies.login),
                case .login(id, let nonce, let verifier) = pending.stage, let provider = workshop.settings.provider(id)
            else { return Self.expired(cookies) }
            let limits = workshop.settings.limits
            guard await providers.accepts(issuer: parameters["iss"], from: provider, limits) else {
                return failed(pending, provider, "the answer names another issuer", cookies)
            }
            if let error = parameters["error"] {
                guard error != OAuthError.Code.accessDenied.rawValue else { return try await denied(pending, cookies) }
                let known = OAuthError.Code(rawValue: error)?.rawValue ?? "an error of its own"
                return failed(pending, provider, "the provider answered \(known)", cookies)
            }
            guard let code = parameters["code"] else { return failed(pending, provider, "there is no code", cookies) }
            let login: ProvenLogin
            do throws(UpstreamFault) {
                login = try await self.login(code, nonce, verifier, at: provider)
            } catch {
                return failed(pending, provider, "\(error)", cookies)
            }
            // Ways that wait are deleted when everything is revoked; this one was on the road.
            let isRevoked = try await workshop.state { store throws(StateError) in
                try await store.isRevoked([(.everything, "")], since: begun)
            }
            guard !isRevoked else { return Self.expired(cookies) }
            workshop.report(.loginSucceeded, client: pending.client, provider: provider.id)
            return await finish(pending, login, cookies)
        }
    }

    private func login(
        _ code: String,
        _ nonce: String,
        _ verifier: String,
        at provider: LoginProvider
    ) async throws(UpstreamFault) -> ProvenLogin {
        let settings = workshop.settings
        let tokens = try await providers.tokens(
            for: code,
            callback: settings.callback(of: provider.id),
            verifier: verifier,
            at: provider,
            settings.limits
        )
        guard let idToken = tokens.idToken else { throw .unavailable("there is no ID token") }
        let answer = LoginAnswer(
            idToken: idToken,
            client: provider.clientID,
            nonce: nonce,
            accessToken: tokens.accessToken,
            userinfo: try await providers.userinfo(tokens.accessToken, at: provider, settings.limits)
        )
        let identity: UpstreamIdentity
        do throws(TokenRefusal) {
            identity = try await workshop.identities.identity(in: answer, of: provider.id)
        } catch {
            throw .unavailable("the ID token is not accepted: \(error.rawValue)")
        }
        return ProvenLogin(
            provider: provider.id,
            issuer: identity.issuer,
            subject: identity.subject,
            username: identity.username,
            groups: identity.groups,
            // Never the present moment: a provider may let somebody through who logged in long ago.
            authenticatedAt: identity.authenticatedAt.map { min($0, workshop.now) },
            upstreamRefreshToken: tokens.refreshToken,
            tokens: settings.keepsTokens(of: provider.id) ? LoginTokens(tokens, settings.limits, at: workshop.now) : nil
        )
    }

    /// Goes on with somebody who has shown who they are.
    func finish(
        _ pending: PendingLogin,
        _ login: ProvenLogin,
        _ cookies: BrowserCookies
    ) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            let arrived = cookies
            var cookies = cookies
            cookies.login = nil
            if case .link(let wish, let digest) = pending.purpose {
                return try await ask(wish, inSession: digest, pending, login, cookies)
            }
            let now = workshop.now
            let person = try await workshop.state { store throws(StateError) in
                try await store.person(
                    issuer: login.issuer,
                    subject: login.subject,
                    orNew: Secret.identifier(),
                    at: now
                )
            }
            let isForAccount = pending.client == nil
            // A refresh token is good for one keeper: that of a client's login goes with what the client is granted,
            // unless sources are asked with what it renews.
            let isForSources = workshop.settings.keepsTokens(of: login.provider)
            let record = login.record(at: now, workshop.settings.lifetimes, keepsToken: isForAccount || isForSources)
            let tokens = login.tokens.map(Document.bytes)
            try await workshop.state { store throws(StateError) in try await store.keep(record, tokens: tokens) }
            let session = BrowserSession(login, person: person, at: now)
            if let step = try await again(pending, session, arrived) { return step }
            cookies = try await begin(session, cookies)
            if case .account(let wish) = pending.purpose { return try await signedIn(session, wish, cookies) }
            return try await complete(
                pending,
                session,
                upstream: isForSources ? nil : login.upstreamRefreshToken,
                cookies
            )
        }
    }

    /// Begins a session under a new name, whatever the browser sent: nobody can plant one.
    func begin(_ session: BrowserSession, _ cookies: BrowserCookies) async throws(OAuthError) -> BrowserCookies {
        var cookies = cookies
        try await end(sessionOf: cookies)
        let secret = Secret.make()
        let expiry = workshop.now + workshop.settings.lifetimes.session
        let document = Document.bytes(session)
        let isKept = try await workshop.state { store throws(StateError) in
            try await store.put(
                .session,
                digest: Secret.digest(secret),
                document,
                expiresAt: expiry,
                atMost: .max,
                at: workshop.now
            )
        }
        guard isKept else { throw .unavailable }
        cookies.session = secret
        return cookies
    }

    /// Ends the session that a browser has, if it has one.
    func end(sessionOf cookies: BrowserCookies) async throws(OAuthError) {
        guard let former = Self.valid(cookies.session) else { return }
        _ = try await workshop.state { store throws(StateError) in
            try await store.remove(.session, digest: Secret.digest(former))
        }
    }
}
