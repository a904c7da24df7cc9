import GatewayCore
import GatewayState
import Sealing

/// How a way ends: with a code, for a device, with a refusal; and what is kept between its steps.
extension BrowserFlow {
    /// Gives what was asked for to somebody who is logged in and has agreed.
    func complete(
        _ pending: PendingLogin,
        _ session: BrowserSession,
        upstream refreshToken: String?,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        switch pending.purpose {
        // Nothing is given to anybody: the page decides what somebody may who is logged in.
        case .page(let path): return BrowserStep(.leave(workshop.settings.issuer + path), cookies)
        case .account, .link: return BrowserStep(.go(.account), cookies)
        case .client(let request):
            guard let grant = try await grant(request.client, request.scopes, session, refreshToken) else {
                return noRole(session, request.client, cookies)
            }
            return BrowserStep(.leave(try await code(for: request, grant)), cookies)
        case .device(let digest, let client, let scopes):
            guard let grant = try await grant(client, scopes, session, refreshToken) else {
                return noRole(session, client, cookies)
            }
            let isWaiting = try await workshop.state { store throws(StateError) in
                try await store.answerDevice(digest: digest, .allowed, grant: grant.id)
            }
            return isWaiting ? BrowserStep(.deviceAnswered(isAllowed: true), cookies) : Self.expired(cookies)
        }
    }

    /// Grants a client what a person agreed to; nil when they have no role here.
    private func grant(
        _ id: String,
        _ scopes: [String],
        _ session: BrowserSession,
        _ refreshToken: String?
    ) async throws(OAuthError) -> GrantRecord? {
        let (settings, now) = (workshop.settings, workshop.now)
        let logins = try await workshop.state { store throws(StateError) in
            try await store.logins(of: session.person, at: now)
        }
        let faces = Faces(of: session, logins, settings, workshop.identities, at: now)
        guard !faces.roles.isEmpty, let provider = settings.provider(session.provider) else { return nil }
        let client = try await directory.client(id)
        let grant = GrantRecord(
            id: Secret.identifier(),
            client: client.id,
            clientName: client.name,
            person: session.person,
            provider: provider.id,
            issuer: session.issuer,
            subject: session.subject,
            username: session.username,
            groups: logins.first { $0.issuer == session.issuer && $0.subject == session.subject }?.groups
                ?? session.groups,
            // What the person agreed to: what their roles allow of it is seen anew at each use.
            scopes: scopes,
            authenticatedAt: session.authenticatedAt,
            createdAt: now,
            expiresAt: now + settings.lifetimes.grant,
            upstreamRefreshToken: refreshToken
        )
        try await workshop.state { store throws(StateError) in try await store.add(grant) }
        return grant
    }

    private func noRole(_ session: BrowserSession, _ client: String, _ cookies: BrowserCookies) -> BrowserStep {
        workshop.report(.noRole, client: client, provider: session.provider)
        let provider = workshop.settings.provider(session.provider)
        let view = NoRoleView(
            name: session.username ?? session.subject,
            wayIn: provider?.wayIn ?? WayIn(label: label(session), admissions: [], contact: nil)
        )
        return BrowserStep(.noRole(view), cookies)
    }

    private func code(for request: AuthorizationRequest, _ grant: GrantRecord) async throws(OAuthError) -> String {
        let (now, code) = (workshop.now, Secret.make())
        let record = CodeRecord(
            digest: Secret.digest(code),
            grant: grant.id,
            client: request.client,
            redirectURI: request.redirectURI,
            challenge: request.challenge,
            expiresAt: now + workshop.settings.lifetimes.code
        )
        try await workshop.state { store throws(StateError) in
            try await store.add(record)
            try await store.setConsent(
                person: grant.person,
                client: request.client,
                redirectURI: request.redirectURI,
                scopes: request.scopes,
                at: now
            )
        }
        return AuthorizationAnswer.success(request, code: code, issuer: workshop.settings.issuer)
    }

    func denied(_ pending: PendingLogin, _ cookies: BrowserCookies) async throws(OAuthError) -> BrowserStep {
        workshop.report(.refused, client: pending.client, "the person did not agree")
        switch pending.purpose {
        case .client(let request):
            let error = OAuthError(.accessDenied, "The person did not agree.")
            let url = AuthorizationAnswer.failure(
                request.redirectURI,
                state: request.state,
                error,
                issuer: workshop.settings.issuer
            )
            return BrowserStep(.leave(url), cookies)
        case .device(let digest, _, _):
            _ = try await workshop.state { store throws(StateError) in
                try await store.answerDevice(digest: digest, .denied, grant: nil)
            }
            return BrowserStep(.deviceAnswered(isAllowed: false), cookies)
        case .page:
            return Self.refused("You are not logged in", "The login was given up. You can close this page.", cookies)
        case .account, .link: return BrowserStep(.go(.account), cookies)
        }
    }

    func failed(
        _ pending: PendingLogin,
        _ provider: LoginProvider,
        _ reason: String,
        _ cookies: BrowserCookies
    ) -> BrowserStep {
        workshop.report(.loginFailed, client: pending.client, provider: provider.id, reason)
        guard pending.client != nil else {
            let sentence = "\(provider.label) did not confirm who you are."
            return Self.turnedDown("The login did not work", sentence, cookies, status: 502)
        }
        return Self.refused(
            "The login did not work",
            "\(provider.label) did not confirm who you are. Start again in the application.",
            cookies,
            status: 502
        )
    }

    func refusal(_ refusal: AuthorizationRequest.Refusal, _ cookies: BrowserCookies) -> BrowserStep {
        switch refusal {
        case .page(let sentence): return Self.refused("The application cannot be connected", sentence, cookies)
        case .unavailable: return Self.unavailable(cookies)
        case .redirect(let uri, let state, let error):
            let url = AuthorizationAnswer.failure(uri, state: state, error, issuer: workshop.settings.issuer)
            return BrowserStep(.leave(url), cookies)
        }
    }

    static func refused(
        _ title: String,
        _ sentence: String,
        _ cookies: BrowserCookies,
        status: Int = 400
    ) -> BrowserStep {
        BrowserStep(.refused(status: status, title: title, sentence: sentence), cookies)
    }

    /// The same for somebody who came for themselves, with the way back.
    static func turnedDown(
        _ title: String,
        _ sentence: String,
        _ cookies: BrowserCookies,
        status: Int
    ) -> BrowserStep {
        BrowserStep(.turnedDown(status: status, title: title, sentence: sentence), cookies)
    }

    static func unavailable(_ cookies: BrowserCookies) -> BrowserStep {
        refused("Something is wrong here", "Try again in a minute.", cookies, status: 503)
    }

    static func expired(_ cookies: BrowserCookies) -> BrowserStep {
        refused(
            "This page is too old",
            "It was used before, or opened in another browser. Start again where you came from.",
            cookies
        )
    }

    // MARK: - What is kept

    /// Keeps a way under a new name, which nobody else can guess.
    func keep(_ pending: PendingLogin) async throws(OAuthError) -> String {
        let ticket = Secret.make()
        let expiry = workshop.now + workshop.settings.lifetimes.pendingLogin
        let document = Document.bytes(pending)
        let isKept = try await workshop.state { store throws(StateError) in
            try await store.put(
                .pendingLogin,
                digest: Secret.digest(ticket),
                document,
                expiresAt: expiry,
                atMost: workshop.settings.limits.waitingLogins,
                at: workshop.now
            )
        }
        guard isKept else { throw .tooMany }
        return ticket
    }

    /// Takes a way out, once; nil unless it comes from the browser it belongs to.
    func take(_ ticket: String, boundTo cookie: String?) async throws(OAuthError) -> PendingLogin? {
        guard let ticket = Self.valid(ticket), let cookie = Self.valid(cookie) else { return nil }
        let (now, digest) = (workshop.now, Secret.digest(ticket))
        let document = try await workshop.state { store throws(StateError) in
            try await store.document(.pendingLogin, digest: digest, at: now)
        }
        guard let pending = document.flatMap({ Document.value(PendingLogin.self, $0) }),
            ConstantTime.areEqual(Array(pending.browser.utf8), Array(Secret.digest(cookie).utf8))
        else { return nil }
        let isFirst = try await workshop.state { store throws(StateError) in
            try await store.remove(.pendingLogin, digest: digest)
        }
        return isFirst ? pending : nil
    }

    /// Who is logged in; nobody once the person, the login or its issuer was revoked, or the login is not theirs any more.
    func session(_ cookies: BrowserCookies) async throws(OAuthError) -> BrowserSession? {
        guard let secret = Self.valid(cookies.session) else { return nil }
        let now = workshop.now
        let document = try await workshop.state { store throws(StateError) in
            try await store.document(.session, digest: Secret.digest(secret), at: now)
        }
        guard let session = document.flatMap({ Document.value(BrowserSession.self, $0) }) else { return nil }
        let isRevoked = try await workshop.state { store throws(StateError) in
            try await store.isRevoked(
                [
                    (.person, session.person), (.subject, session.subject), (.issuer, session.provider),
                    (.issuer, session.issuer), (.everything, ""),
                ],
                since: session.begunAt
            )
        }
        guard !isRevoked else { return nil }
        let isTheirs = try await workshop.state { store throws(StateError) in
            try await store.isLogin(issuer: session.issuer, subject: session.subject, of: session.person)
        }
        return isTheirs ? session : nil
    }

    func hasConsent(_ person: String, _ request: AuthorizationRequest) async throws(OAuthError) -> Bool {
        let scopes = try await workshop.state { store throws(StateError) in
            try await store.consent(person: person, client: request.client, redirectURI: request.redirectURI)
        }
        return scopes.map { Set(request.scopes).isSubset(of: $0) } ?? false
    }

    /// A secret in the form we give; nil for anything else, which is not even looked for.
    static func valid(_ secret: String?) -> String? {
        guard let secret, Base64URL.decode(secret.utf8)?.count == 32 else { return nil }
        return secret
    }

    /// Shows a page where something that the person cannot help went wrong.
    func reporting(
        _ cookies: BrowserCookies,
        _ body: () async throws(OAuthError) -> BrowserStep
    ) async -> BrowserStep {
        do throws(OAuthError) {
            return try await body()
        } catch  where error.code == .invalidClient {
            return Self.refused(
                "The application cannot be connected",
                "This application is not known here, or no longer. Remove the server in the application, and add it again.",
                cookies
            )
        } catch {
            return Self.unavailable(cookies)
        }
    }
}

extension Client {
    /// What a person may believe about it.
    var trust: ConsentView.Trust {
        switch origin {
        case .site, .account: .known
        case .document(let host): .host(host)
        case .registered: .unverified
        }
    }
}
