package import GatewayCore
package import GatewayState
import Synchronization

/// Tells whether the site has taken back a token of another issuer.
///
/// What the state says is believed for half a second, so that a revocation by any gateway on the same state is in force
/// within one. While it does not answer, what it said last goes on for as long as grants do; what cannot be found out does
/// not hold.
package final class ForeignRevocations: RevocationChecking, Sendable {
    private typealias Names = [StateStore.RevocationKind: [String: Int64]]

    private struct Known {
        let revoked: Names
        let readAt: SuspendingClock.Instant
        /// When somebody asks again.
        var until: SuspendingClock.Instant
    }

    private static let belief = Duration.milliseconds(500)

    private let store: StateStore
    private let outage: Duration
    private let known = Mutex<Known?>(nil)

    /// What the state said last goes on for the time of an outage while it does not answer.
    package init(store: StateStore, outage: Duration) {
        self.store = store
        self.outage = outage
    }

    package func standing(of token: ForeignToken) async -> RevocationStanding {
        let begin = SuspendingClock.now
        if let revoked = believed(at: begin) { return Self.standing(of: token, revoked) }
        if let revocations = try? await store.revocations() {
            var revoked: Names = [:]
            for one in revocations { revoked[one.kind, default: [:]][one.value] = one.revokedAt }
            let found = Known(revoked: revoked, readAt: begin, until: begin.advanced(by: Self.belief))
            known.withLock { $0 = found }
            return Self.standing(of: token, revoked)
        }
        guard let last = known.withLock({ $0 }), begin < last.readAt.advanced(by: outage) else { return .unknown }
        return Self.standing(of: token, last.revoked)
    }

    /// What is believed; nil for the one who is to ask the state, while the others go on for half a second more.
    private func believed(at now: SuspendingClock.Instant) -> Names? {
        known.withLock { known in
            guard let last = known, now < last.readAt.advanced(by: max(outage, Self.belief)) else { return nil }
            guard last.until <= now else { return last.revoked }
            known?.until = now.advanced(by: Self.belief)
            return nil
        }
    }

    /// A token that does not say when it was made may be an old one.
    private static func standing(of token: ForeignToken, _ revoked: Names) -> RevocationStanding {
        guard !revoked.isEmpty else { return .holds }
        let names =
            [(StateStore.RevocationKind.issuer, token.issuer), (.subject, token.subject)]
            + (token.client.map { [(.client, $0)] } ?? []) + token.identifiers.map { (.grant, $0) }
        let isRevoked = names.contains { kind, value in
            guard let moment = revoked[kind]?[value] else { return false }
            return token.issuedAt.map { $0 <= moment } ?? true
        }
        return isRevoked ? .revoked : .holds
    }
}
