import GatewayCore
import GatewayState

/// Makes a login at another provider somebody's own, and takes it from them again.
///
/// Both logins are shown within a short time, in one browser, by the person at the providers themselves: nothing is ever
/// concluded from a name or an address. Whoever could link their own login to somebody else could act for them, so it
/// is asked at the end, with both names, whether it is meant.
extension BrowserFlow {
    /// `POST /account/link`.
    func link(at id: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await acting(cookies) { session throws(OAuthError) in
            let wish = LinkWish(provider: id, person: session.person)
            return try await beginLink(wish, session, cookies, mayAskAgain: true)
        }
    }

    /// Goes to the other provider, once the person has just logged in at the one they are here by.
    func beginLink(
        _ wish: LinkWish,
        _ session: BrowserSession,
        _ cookies: BrowserCookies,
        mayAskAgain: Bool
    ) async throws(OAuthError) -> BrowserStep {
        guard let provider = workshop.settings.provider(wish.provider),
            let own = workshop.settings.provider(session.provider), let secret = Self.valid(cookies.session)
        else { return Self.expired(cookies) }
        if isFresh(session.authenticatedAt, cameBackAt: session.begunAt) {
            return try await away(
                .link(wish, session: Secret.digest(secret)),
                to: provider,
                needsLogin: true,
                cookies
            )
        }
        guard mayAskAgain else { return notAsked(own, cookies) }
        return try await away(.account(wish), to: own, needsLogin: true, cookies)
    }

    /// Asks whether a login that was just shown shall be linked.
    func ask(
        _ wish: LinkWish,
        inSession digest: String,
        _ pending: PendingLogin,
        _ login: ProvenLogin,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        guard let session = try await session(of: wish, digest, cookies),
            let provider = workshop.settings.provider(login.provider)
        else { return Self.expired(cookies) }
        guard isFresh(login.authenticatedAt, cameBackAt: workshop.now) else { return notAsked(provider, cookies) }
        let isTheirs = try await workshop.state { store throws(StateError) in
            try await store.isLogin(issuer: login.issuer, subject: login.subject, of: session.person)
        }
        // It only brings what is known up to date.
        if isTheirs { return try await link(login, to: session, cookies) }
        var (pending, cookies) = (pending, cookies)
        let form = Self.valid(cookies.form) ?? Secret.make()
        cookies.form = form
        pending.browser = Secret.digest(form)
        pending.stage = .proven(login)
        let view = LinkView(
            ticket: try await keep(pending),
            here: NamedLogin(label: label(session), name: session.username ?? session.subject),
            other: NamedLogin(label: provider.label, name: login.username ?? login.subject)
        )
        return BrowserStep(.confirmLink(view), cookies)
    }

    /// `POST /account/confirm`.
    func confirmLink(_ isMeant: Bool, ticket: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard let pending = try await take(ticket, boundTo: cookies.form), case .proven(let login) = pending.stage,
                case .link(let wish, let digest) = pending.purpose,
                let session = try await session(of: wish, digest, cookies)
            else { return Self.expired(cookies) }
            guard isMeant else { return BrowserStep(.go(.logins), cookies) }
            return try await link(login, to: session, cookies)
        }
    }

    /// `POST /account/unlink`.
    func unlink(_ handle: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await acting(cookies) { session throws(OAuthError) in
            let now = workshop.now
            let identities = try await workshop.state { store throws(StateError) in
                try await store.identities(of: session.person)
            }
            guard let identity = identities.first(where: { Self.handle($0.issuer, $0.subject) == handle }) else {
                return Self.turnedDown("There is no such login", "It may be unlinked already.", cookies, status: 404)
            }
            let outcome = try await workshop.state { store throws(StateError) in
                try await store.unlink(
                    issuer: identity.issuer,
                    subject: identity.subject,
                    of: session.person,
                    at: now
                )
            }
            guard outcome == .unlinked else {
                return Self.turnedDown(
                    "This is your only login",
                    "Without it nobody could come to this account any more. You can close the account instead.",
                    cookies,
                    status: 409
                )
            }
            standings.forgetAll()
            workshop.report(.loginUnlinked, provider: session.provider)
            return BrowserStep(.go(.logins), cookies)
        }
    }

    // MARK: - Parts

    private func link(
        _ login: ProvenLogin,
        to session: BrowserSession,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        guard let provider = workshop.settings.provider(login.provider) else { return Self.expired(cookies) }
        let now = workshop.now
        let record = login.record(at: now, workshop.settings.lifetimes, keepsToken: true)
        let tokens = login.tokens.map(Document.bytes)
        let outcome = try await workshop.state { store throws(StateError) in
            try await store.link(
                record,
                to: session.person,
                hereBy: (session.issuer, session.subject),
                issuers: provider.issuers,
                tokens: tokens,
                at: now
            )
        }
        switch outcome {
        case .linked, .renewed:
            standings.forgetAll()
            workshop.report(.loginLinked, provider: provider.id)
            // Who the session is has become more than it was.
            return BrowserStep(.go(.logins), try await begin(session, cookies))
        case .taken: return refusedLink(provider, Self.taken(login, provider), cookies)
        case .occupied: return refusedLink(provider, Self.occupied(provider), cookies)
        case .gone: return Self.expired(cookies)
        }
    }

    private static func taken(_ login: ProvenLogin, _ provider: LoginProvider) -> String {
        """
        The login \(login.username ?? login.subject) of \(provider.label) has an account of its own here, and \
        nothing was changed. To use both together, sign in with it, close that account at the end of its page, \
        and then link it here.
        """
    }

    private static func occupied(_ provider: LoginProvider) -> String {
        """
        You have another login of \(provider.label) here, and nothing was changed. Unlink that one first if you want \
        to use this one.
        """
    }

    private func refusedLink(
        _ provider: LoginProvider,
        _ sentence: String,
        _ cookies: BrowserCookies
    ) -> BrowserStep {
        workshop.report(.linkRefused, provider: provider.id)
        return Self.turnedDown("This login cannot be linked", sentence, cookies, status: 409)
    }

    /// The session in which a link was begun, when it is this browser's and still the same person's.
    private func session(
        of wish: LinkWish,
        _ digest: String,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserSession? {
        guard let secret = Self.valid(cookies.session), Secret.digest(secret) == digest,
            let session = try await session(cookies), session.person == wish.person
        else { return nil }
        return session
    }

    /// Whether a login was so short a time ago that it counts as one of this moment.
    ///
    /// The provider was asked for a new one. Where it never says when a login was, coming back from there must do.
    private func isFresh(_ authenticatedAt: Int64?, cameBackAt: Int64) -> Bool {
        let moment = min(authenticatedAt ?? cameBackAt, cameBackAt)
        return workshop.now - moment <= workshop.settings.lifetimes.pendingLogin
    }

    private func notAsked(_ provider: LoginProvider, _ cookies: BrowserCookies) -> BrowserStep {
        workshop.report(.linkRefused, provider: provider.id, "the login is old")
        return Self.turnedDown(
            "\(provider.label) did not ask who you are",
            "It let you in by an earlier login. Log out there, and try again.",
            cookies,
            status: 409
        )
    }
}
