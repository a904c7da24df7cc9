package import GatewayCore
package import GatewayState
import Synchronization

/// Tells at every request whether a grant or a key still holds, and whose it is.
///
/// What the state says is believed for half a second, so that a busy client costs two look-ups a second and a
/// revocation by any gateway on the same state is in force within one. While the state does not answer, what held when
/// it last did goes on for a time that the site decides.
package final class GrantStandings: GrantChecking, Sendable {
    private struct Entry {
        let principal: Principal?
        /// The keys whose tokens counted then.
        let keys: Set<String>
        let until: SuspendingClock.Instant
        /// When the state said so.
        let readAt: SuspendingClock.Instant
    }

    private static let belief = Duration.milliseconds(500)
    /// How long a state that did not answer is left alone by those who can go on without it.
    private static let rest = Duration.seconds(1)
    private static let mostEntries = 10_000

    private let store: StateStore
    private let clock: any WallClock
    private let entries = Mutex<[String: Entry]>([:])
    /// Until when nobody asks who can go on without; nil while the state answers.
    private let outage = Mutex<SuspendingClock.Instant?>(nil)
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
    package func forgetAll() {
        entries.withLock { $0 = [:] }
    }

    package func principal(of token: GrantedToken) async throws(GrantsUnreadable) -> Principal? {
        guard let known = try await standing(of: token), known.client == token.client else { return nil }
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

    /// Whose the grant of a token is; nil for one that has ended, and for a key that does not count.
    private func standing(of token: GrantedToken) async throws(GrantsUnreadable) -> Principal? {
        let (grant, begin) = (token.grant, SuspendingClock.now)
        // A key that was not there may be a new one: only the state can tell.
        let known = entries.withLock { entries in
            entries[grant].flatMap { $0.principal == nil || $0.keys.contains(token.key) ? $0 : nil }
        }
        if let known, begin < known.until { return known.principal }
        let fallback = goesOn(known, at: begin) ? known : nil
        if let fallback, !mayAsk(at: begin) { return fallback.principal }
        do throws(StateError) {
            let standing = try await store.standing(of: grant, at: clock.now)
            outage.withLock { $0 = nil }
            let principal: Principal? = if let standing { principal(of: standing) } else { nil }
            let keys = standing?.signingKeys ?? []
            remember(principal, keys, of: grant, from: begin)
            return keys.contains(token.key) ? principal : nil
        } catch {
            outage.withLock { $0 = SuspendingClock.now.advanced(by: Self.rest) }
            guard let fallback else { throw GrantsUnreadable() }
            return fallback.principal
        }
    }

    private func goesOn(_ entry: Entry?, at now: SuspendingClock.Instant) -> Bool {
        guard let entry, let settings = current.withLock({ $0?.settings }) else { return false }
        return now < entry.readAt.advanced(by: .seconds(settings.lifetimes.stateOutage))
    }

    /// Whether somebody who can go on without the state asks it: during an outage one at a time.
    private func mayAsk(at now: SuspendingClock.Instant) -> Bool {
        outage.withLock { outage in
            guard let end = outage else { return true }
            guard end <= now else { return false }
            outage = now.advanced(by: Self.rest * 10)
            return true
        }
    }

    private func remember(
        _ principal: Principal?,
        _ keys: Set<String>,
        of grant: String,
        from now: SuspendingClock.Instant
    ) {
        entries.withLock { entries in
            if entries.count >= Self.mostEntries { entries = [:] }
            entries[grant] = Entry(principal: principal, keys: keys, until: now.advanced(by: Self.belief), readAt: now)
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
