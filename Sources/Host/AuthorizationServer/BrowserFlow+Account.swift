import GatewayCore
import GatewayState

/// What somebody sees and ends of what is theirs.
extension BrowserFlow {
    /// How many applications the page of an account shows.
    private static let shownGrants = 100

    /// `GET /account`.
    func account(_ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard let session = try await session(cookies) else {
                return BrowserStep(.signIn(choices(workshop.settings.providers)), cookies)
            }
            return BrowserStep(.account(try await view(of: session)), cookies)
        }
    }

    /// Who is logged in, with all their roles; nil for nobody.
    func visitor(_ cookies: BrowserCookies) async throws(OAuthError) -> Visitor? {
        guard let session = try await session(cookies) else { return nil }
        let (settings, now) = (workshop.settings, workshop.now)
        let logins = try await logins(of: session.person)
        let faces = Faces(of: session, logins, settings, workshop.identities, at: now)
        let principal = Principal(
            issuer: faces.own.issuer,
            subject: faces.own.subject,
            username: faces.own.username,
            roles: faces.own.roles,
            scopes: Set(settings.scopes.available(faces.roles)),
            authenticatedAt: faces.own.authenticatedAt,
            linked: faces.linked
        )
        let providers = Set(logins.map(\.provider)).union([session.provider])
        return Visitor(
            name: session.username ?? session.subject,
            principal: principal,
            providers: settings.providers.map(\.id).filter(providers.contains)
        )
    }

    // MARK: - Coming and going

    /// `POST /account/sign-in`.
    func signIn(at id: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard let provider = workshop.settings.provider(id) else { return Self.expired(cookies) }
            return try await away(.account(nil), to: provider, needsLogin: false, cookies)
        }
    }

    /// Somebody came back from a login for their account.
    func signedIn(
        _ session: BrowserSession,
        _ wish: LinkWish?,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        // Who came back as somebody else has not shown what was asked of the first.
        guard let wish, wish.person == session.person else { return BrowserStep(.go(.account), cookies) }
        return try await beginLink(wish, session, cookies, mayAskAgain: false)
    }

    /// `POST /account/sign-out`.
    func signOut(endingGrants: Bool, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            var left = cookies
            left.session = nil
            guard let session = try await session(cookies) else { return BrowserStep(.go(.account), left) }
            let now = workshop.now
            if endingGrants { try await endGrants(of: session.person) }
            let remaining = try await workshop.state { store throws(StateError) in
                try await store.grants(of: session.person, at: now, atMost: 0).count
            }
            if remaining == 0 {
                try await workshop.state { store throws(StateError) in
                    try await store.forgetUnusedTokens(of: session.person, at: now)
                }
            }
            try await end(sessionOf: cookies)
            return BrowserStep(.signedOut(SignedOutView(label: label(session), remaining: remaining)), left)
        }
    }

    /// `POST /account/close`.
    func close(_ cookies: BrowserCookies) async -> BrowserStep {
        await acting(cookies) { session throws(OAuthError) in
            let now = workshop.now
            try await workshop.state { store throws(StateError) in
                try await store.closeAccount(of: session.person, at: now)
            }
            standings.forgetAll()
            try await end(sessionOf: cookies)
            workshop.report(.accountClosed, provider: session.provider)
            var left = cookies
            left.session = nil
            return BrowserStep(.accountClosed, left)
        }
    }

    // MARK: - Applications

    /// `POST /account/revoke`: one grant, or all.
    func revoke(_ id: String?, _ cookies: BrowserCookies) async -> BrowserStep {
        await acting(cookies) { session throws(OAuthError) in
            guard let id else {
                try await endGrants(of: session.person)
                return BrowserStep(.go(.applications), cookies)
            }
            let now = workshop.now
            let isEnded = try await workshop.state { store throws(StateError) in
                try await store.endGrant(id, of: session.person, at: now)
            }
            // Another person's is answered like one that does not exist.
            guard isEnded else {
                return Self.turnedDown(
                    "There is no such application",
                    "It may have been disconnected already.",
                    cookies,
                    status: 404
                )
            }
            standings.forget(id)
            workshop.report(.revoked, provider: session.provider, grant: id)
            return BrowserStep(.go(.applications), cookies)
        }
    }

    private func endGrants(of person: String) async throws(OAuthError) {
        let now = workshop.now
        try await workshop.state { store throws(StateError) in try await store.endGrants(of: person, at: now) }
        standings.forgetAll()
        workshop.report(.revoked, "all of a person")
    }

    // MARK: - Parts

    /// Does what only somebody may do who is logged in; shows others where to log in.
    func acting(
        _ cookies: BrowserCookies,
        _ body: (BrowserSession) async throws(OAuthError) -> BrowserStep
    ) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard let session = try await session(cookies) else { return BrowserStep(.go(.account), cookies) }
            return try await body(session)
        }
    }

    /// Sends the browser to a provider, for a purpose that no client waits for.
    func away(
        _ purpose: PendingLogin.Purpose,
        to provider: LoginProvider,
        needsLogin: Bool,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        var cookies = cookies
        let login = Self.valid(cookies.login) ?? Secret.make()
        cookies.login = login
        let pending = PendingLogin(
            purpose: purpose,
            stage: .choice,
            browser: Secret.digest(login),
            needsLogin: needsLogin
        )
        return try await leave(pending, to: provider, cookies)
    }

    func logins(of person: String) async throws(OAuthError) -> [LoginRecord] {
        let now = workshop.now
        return try await workshop.state { store throws(StateError) in try await store.logins(of: person, at: now) }
    }

    func choices(_ providers: [LoginProvider]) -> [LoginChoice] {
        providers.map { LoginChoice(id: $0.id, label: $0.label) }
    }

    private func view(of session: BrowserSession) async throws(OAuthError) -> AccountView {
        let now = workshop.now
        let (identities, grants) = try await workshop.state { store throws(StateError) in
            (
                try await store.identities(of: session.person),
                try await store.grants(of: session.person, at: now, atMost: Self.shownGrants)
            )
        }
        let kept = try await logins(of: session.person)
        let logins = identities.map { identity in
            login(identity, kept.first { $0.issuer == identity.issuer && $0.subject == identity.subject }, session)
        }
        let present = Set(logins.map(\.provider))
        return AccountView(
            moment: now,
            here: NamedLogin(label: label(session), name: session.username ?? session.subject),
            logins: logins,
            linkable: choices(workshop.settings.providers.filter { !present.contains($0.id) }),
            grants: grants.shown.map(view),
            furtherGrants: grants.count - grants.shown.count,
            tokens: try await tokens(of: session)
        )
    }

    /// What the login is called by which somebody is here.
    func label(_ session: BrowserSession) -> String {
        workshop.settings.provider(session.provider)?.label ?? session.issuer
    }

    private func login(
        _ identity: IdentityRecord,
        _ kept: LoginRecord?,
        _ session: BrowserSession
    ) -> AccountLogin {
        let isCurrent = identity.issuer == session.issuer && identity.subject == session.subject
        let provider = workshop.settings.providers.first { $0.issuers.contains(identity.issuer) }
        let name = kept?.username ?? (isCurrent ? session.username : nil) ?? identity.subject
        let groups = kept?.groups ?? (isCurrent ? session.groups : [])
        return AccountLogin(
            handle: Self.handle(identity.issuer, identity.subject),
            provider: provider?.id ?? "",
            label: provider?.label ?? identity.issuer,
            name: name,
            issuer: identity.issuer,
            subject: identity.subject,
            roles: provider.map { workshop.identities.roles(of: groups, at: $0.id).sorted() } ?? [],
            state: provider == nil ? .isGone : kept == nil && !isCurrent ? .isOver : .holds,
            wayIn: provider?.wayIn,
            isCurrent: isCurrent
        )
    }

    /// What a login is called in forms; it tells nothing of whose it is.
    static func handle(_ issuer: String, _ subject: String) -> String {
        Secret.digest("login\n\(issuer.utf8.count)\n\(issuer)\(subject)")
    }

    private func view(of grant: GrantRecord) -> AccountGrant {
        let trust: ConsentView.Trust =
            if workshop.settings.clients.contains(where: { $0.id == grant.client }) {
                .known
            } else if let host = WebURI(grant.client)?.host {
                .host(host)
            } else {
                .unverified
            }
        return AccountGrant(
            id: grant.id,
            clientName: grant.clientName,
            trust: trust,
            scopes: grant.scopes.map { RequestedScope(name: $0, meaning: workshop.settings.scopes.meanings[$0]) },
            createdAt: grant.createdAt,
            usedAt: grant.usedAt,
            expiresAt: grant.expiresAt
        )
    }
}
