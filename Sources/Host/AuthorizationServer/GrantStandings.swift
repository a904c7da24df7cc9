package import GatewayCore
package import GatewayState
import Synchronization

/// Tells at every request whether a grant or a key still holds, and whose it is.
///
/// What the state says is believed for half a second, so that a busy client costs two look-ups a second and a
/// revocation by any gateway on the same state is in force within one.
package final class GrantStandings: GrantChecking, Sendable {
    private struct Entry {
        let principal: Principal?
        let until: SuspendingClock.Instant
    }

    private static let belief = Duration.milliseconds(500)
    private static let mostEntries = 10_000

    private let store: StateStore
    private let clock: any WallClock
    private let entries = Mutex<[String: Entry]>([:])
    /// Nil until the first settings are there: nothing holds before.
    private let current = Mutex<(settings: AuthorizationSettings, identities: any IdentityReading)?>(nil)

    package init(store: StateStore, clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    /// Goes by other settings from now on.
    package func adopt(_ settings: AuthorizationSettings, _ identities: any IdentityReading) {
        current.withLock { $0 = (settings, identities) }
        entries.withLock { $0 = [:] }
    }

    /// Asks the state again at the next request of a grant.
    func forget(_ grant: String) {
        entries.withLock { $0[grant] = nil }
    }

    /// Asks the state again at the next request of every grant.
    func forgetAll() {
        entries.withLock { $0 = [:] }
    }

    package func principal(of token: GrantedToken) async -> Principal? {
        guard let known = await standing(of: token.grant), known.client == token.client else { return nil }
        return Principal(
            issuer: known.issuer,
            subject: known.subject,
            username: known.username,
            roles: known.ownRoles,
            scopes: known.scopes.intersection(token.scopes),
            client: known.client,
            authenticatedAt: known.authenticatedAt,
            consentedTools: known.consentedTools,
            linked: known.linked
        )
    }

    package func principal(ofKey key: String) async -> (principal: Principal, expiresAt: Int64)? {
        guard ServiceKey.isKey(key) else { return nil }
        let digest = Secret.digest(key)
        // Found by its digest: how long that takes tells nothing of any key.
        guard let settings = current.withLock({ $0?.settings }),
            let account = settings.accounts.first(where: { $0.keyDigests.contains(digest) }),
            clock.now < account.expiresAt
        else { return nil }
        let principal = Principal(
            issuer: settings.issuer,
            subject: account.id,
            roles: Set(account.roles),
            scopes: Set(account.scopes),
            client: account.id,
            consentedTools: Set(account.consentedTools)
        )
        return (principal, account.expiresAt)
    }

    private func standing(of grant: String) async -> Principal? {
        let now = SuspendingClock.now
        if let entry = entries.withLock({ $0[grant] }), now < entry.until { return entry.principal }
        guard let standing = try? await store.standing(of: grant, at: clock.now) else {
            // Also when the state cannot be read: what cannot be confirmed is not in force.
            remember(nil, of: grant, from: now)
            return nil
        }
        let principal = principal(of: standing)
        remember(principal, of: grant, from: now)
        return principal
    }

    private func remember(_ principal: Principal?, of grant: String, from now: SuspendingClock.Instant) {
        entries.withLock { entries in
            if entries.count >= Self.mostEntries { entries = [:] }
            entries[grant] = Entry(principal: principal, until: now.advanced(by: Self.belief))
        }
    }

    private func principal(of standing: GrantStanding) -> Principal? {
        guard let (settings, identities) = current.withLock({ $0 }) else { return nil }
        let record = standing.grant
        if record.provider == TokenEndpoint.own {
            guard let account = settings.account(record.client), clock.now < account.expiresAt else { return nil }
            return Principal(
                issuer: record.issuer,
                subject: record.subject,
                username: record.username,
                roles: Set(account.roles),
                scopes: Set(record.scopes),
                client: record.client,
                authenticatedAt: record.authenticatedAt,
                consentedTools: Set(account.consentedTools)
            )
        }
        guard let faces = Faces(of: standing, settings, identities, at: clock.now) else { return nil }
        return Principal(
            issuer: faces.own.issuer,
            subject: faces.own.subject,
            username: faces.own.username,
            roles: faces.own.roles,
            scopes: Set(settings.scopes.granted(record.scopes, to: faces.roles)),
            client: record.client,
            authenticatedAt: faces.own.authenticatedAt,
            linked: faces.linked
        )
    }
}
