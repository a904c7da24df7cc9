package import GatewayCore
package import GatewayState
import Sealing
import Synchronization

/// Gets what sources are asked with for callers, in the ways the site says for each.
///
/// It never sees the token by which somebody calls. Who somebody is at a provider is asked of the state at every use, so
/// that a revocation, a login that was unlinked or has ended, and a grant that was taken back are in force at once.
package final class CredentialBroker: CredentialBroking, Sendable {
    let store: StateStore
    let providers: UpstreamProviders
    let shelf = TokenShelf()
    let renewals = SingleFlight<TokenShelf.Key, Result<String, CredentialRefusal>>()
    let issues = SingleFlight<TokenShelf.Key, Result<String, CredentialRefusal>>()
    private let isBlocked: @Sendable (String) -> Bool
    /// Nil until the first settings are there: nothing is given out before.
    private let current = Mutex<Workshop?>(nil)

    /// Makes the broker.
    /// - Parameters:
    ///   - store: What the gateway remembers.
    ///   - providers: Speaks to the issuers.
    ///   - isBlocked: Whether the operators have taken a namespace out of service.
    package init(
        store: StateStore,
        providers: UpstreamProviders,
        isBlocked: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.store = store
        self.providers = providers
        self.isBlocked = isBlocked
    }

    /// Goes by other settings from now on.
    package func adopt(
        _ settings: AuthorizationSettings,
        identities: any IdentityReading,
        clock: any WallClock,
        events: any AuthorizationReporting
    ) {
        let workshop = Workshop(
            settings: settings,
            store: store,
            identities: identities,
            clock: clock,
            events: events
        )
        current.withLock { $0 = workshop }
    }

    package func credential(for use: CredentialUse) async throws(CredentialRefusal) -> SourceCredential? {
        guard let workshop = current.withLock({ $0 }), let access = workshop.settings.source(use.source) else {
            throw CredentialRefusal(.unavailable, label: "the gateway")
        }
        guard !isBlocked(use.namespace) else {
            shelf.remove(source: use.source)
            throw CredentialRefusal(.unavailable, label: "the gateway")
        }
        let desk = CredentialDesk(broker: self, workshop: workshop, access: access, use: use)
        var missing: CredentialRefusal?
        for (index, way) in access.ways.enumerated() where desk.mayTake(way, index) {
            do throws(CredentialRefusal) {
                let token = try await desk.token(by: way)
                audit(token, way, use, workshop)
                return SourceCredential(field: access.field(token), token: token, way: index)
            } catch  where error.leavesOtherWays {
                missing = missing ?? error
            }
        }
        if use.actor == .service, missing == nil { return nil }
        throw missing ?? desk.refusal(.noPerson, of: access.ways.first)
    }

    package func refusal(of credential: SourceCredential, at source: String) -> CredentialRefusal {
        guard let workshop = current.withLock({ $0 }), let access = workshop.settings.source(source),
            access.ways.indices.contains(credential.way)
        else { return CredentialRefusal(.refused, label: "the service") }
        let use = CredentialUse(source: source, namespace: "", caller: nil)
        return CredentialDesk(broker: self, workshop: workshop, access: access, use: use)
            .refusal(.refused, of: access.ways[credential.way])
    }

    /// How many tokens are in memory.
    package var heldCount: Int { shelf.count }

    /// Takes note of who is acted for, where and how: of the token no more than what tells it from others.
    private func audit(_ token: String, _ way: SourceWay, _ use: CredentialUse, _ workshop: Workshop) {
        var details = ["source": use.source, "namespace": use.namespace, "way": way.name]
        if let call = use.requestID { details["request_id"] = call.description }
        switch way {
        case .exchange(_, _, let aim), .client(_, let aim, _): details["audience"] = aim.audience ?? aim.resource
        case .login, .given: break
        }
        // A digest of what a person chose may tell what it is.
        if case .given = way {} else { details["token_sha256"] = String(Secret.digest(token).prefix(16)) }
        let kind = AuthorizationEvent.Kind.actedAtSource
        workshop.report(kind, client: use.caller?.client, provider: way.provider)
        workshop.events.report(AuditedAct(kind.rawValue, principal: use.caller, details: details))
    }
}

extension SourceAccess {
    /// A token as it is sent.
    fileprivate func field(_ token: String) -> HTTPField {
        HTTPField(header, scheme.isEmpty ? token : scheme + " " + token)
    }
}

extension CredentialRefusal {
    /// Whether another way may be tried: only where there is nothing for this one, and not where it failed.
    fileprivate var leavesOtherWays: Bool {
        switch reason {
        case .notLinked, .expired, .noToken, .noPerson: true
        case .refused, .onlyReads, .unavailable: false
        }
    }
}
