import GatewayCore
import GatewayState

/// Who a person is at each of their logins, by what each issuer said last.
///
/// The groups of a login give the roles of its own issuer's rules and of no other's.
struct Faces: Hashable, Sendable {
    /// The login of a grant or of a browser.
    let own: LinkedLogin
    /// The others, those without a role left out.
    let linked: [LinkedLogin]

    /// All roles together.
    var roles: Set<String> { linked.reduce(into: own.roles) { $0.formUnion($1.roles) } }

    /// Reads roles from what is kept; a login that the site has taken out of its configuration is none any more.
    private struct Reader {
        let settings: AuthorizationSettings
        let identities: any IdentityReading
        let now: Int64

        /// How long an issuer may be silent that could be asked: a token that is out still counts for its time.
        private var longestSilence: Int64 {
            let lifetimes = settings.lifetimes
            return lifetimes.unconfirmed + lifetimes.confirmation + lifetimes.accessToken
        }

        func roles(_ groups: [String], _ provider: String) -> Set<String>? {
            settings.provider(provider).map { identities.roles(of: groups, at: $0.id) }
        }

        func linked(_ logins: [LoginRecord], except issuer: String, _ subject: String) -> [LinkedLogin] {
            logins.filter { $0.issuer != issuer || $0.subject != subject }.compactMap { login in
                let canBeAsked = login.upstreamRefreshToken != nil
                guard !canBeAsked || now - login.confirmedAt <= longestSilence,
                    let roles = roles(login.groups, login.provider), !roles.isEmpty
                else { return nil }
                return LinkedLogin(
                    issuer: login.issuer,
                    subject: login.subject,
                    username: login.username,
                    roles: roles,
                    authenticatedAt: login.authenticatedAt
                )
            }
        }
    }

    /// The faces of a grant's person; nil when the login it was made by is no longer theirs.
    init?(
        of standing: GrantStanding,
        _ settings: AuthorizationSettings,
        _ identities: any IdentityReading,
        at now: Int64
    ) {
        let reader = Reader(settings: settings, identities: identities, now: now)
        let grant = standing.grant
        let kept = standing.logins.first { $0.issuer == grant.issuer && $0.subject == grant.subject }
        // What the issuer said later counts, whoever asked it.
        let newer = kept.flatMap { $0.confirmedAt > grant.confirmedAt ? $0 : nil }
        guard standing.hasLogin, let roles = reader.roles(newer?.groups ?? grant.groups, grant.provider) else {
            return nil
        }
        own = LinkedLogin(
            issuer: grant.issuer,
            subject: grant.subject,
            username: newer?.username ?? grant.username,
            roles: roles,
            authenticatedAt: grant.authenticatedAt
        )
        linked = reader.linked(standing.logins, except: grant.issuer, grant.subject)
    }

    /// The faces of somebody who is logged in here.
    init(
        of session: BrowserSession,
        _ logins: [LoginRecord],
        _ settings: AuthorizationSettings,
        _ identities: any IdentityReading,
        at now: Int64
    ) {
        let reader = Reader(settings: settings, identities: identities, now: now)
        let kept = logins.first { $0.issuer == session.issuer && $0.subject == session.subject }
        own = LinkedLogin(
            issuer: session.issuer,
            subject: session.subject,
            username: kept?.username ?? session.username,
            roles: reader.roles(kept?.groups ?? session.groups, session.provider) ?? [],
            authenticatedAt: session.authenticatedAt
        )
        linked = reader.linked(logins, except: session.issuer, session.subject)
    }
}
