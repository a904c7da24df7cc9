import Authentication
import AuthorizationServer
import GatewayConfiguration
import GatewayCore
import GatewayState
import Logging
import LoginPages
import MCPServer
import OutboundHTTP
import Policy

/// Builds the authorization server of a configuration, from what outlives its reloads.
struct AuthorizationAssembly: Sendable {
    /// How often what has ended is deleted from the state.
    private static let pruning = Duration.seconds(600)

    let lasting: AuthorizationServer.LastingParts
    private let publicURL: PublicURL
    private let sources: SourceSwitch
    /// Sends requests to where strangers point.
    private let strangers: OutboundClient
    let events: AuthorizationLog
    private let clock = SystemWallClock()

    /// Nil where the gateway is no authorization server.
    init?(
        of configuration: Configuration,
        _ publicURL: PublicURL,
        store: StateStore,
        sources: SourceSwitch,
        operations: Operations,
        logger: Logger
    ) throws {
        guard configuration.isAuthorizationServer else { return nil }
        self.publicURL = publicURL
        self.sources = sources
        strangers = try OutboundClient(
            policy: .strangers(allowsLoopback: IdentityAssembly.isForOneMachine(publicURL)),
            settings: OutboundSettings(
                caFile: configuration.trust.authoritiesFile,
                caDirectory: configuration.trust.authoritiesFolder,
                connectTimeout: configuration.limits.outboundConnectTimeout
            ),
            limits: configuration.limits.outbound
        )
        events = AuthorizationLog(logger: logger, registry: operations.registry, audit: operations.audit)
        lasting = AuthorizationServer.LastingParts(
            store: store,
            keys: SigningKeys(
                store: store,
                clock: clock,
                lifetimes: IdentityAssembly.lifetimes(configuration.identity.lifetimes)
            ),
            documents: ClientDocuments(fetch: strangers, clock: clock, events: events),
            providers: UpstreamProviders(fetch: sources, clock: clock),
            standings: GrantStandings(store: store, clock: clock)
        )
    }

    /// What fetches keys, the gateway's own among them.
    var keyFetch: OwnKeys { OwnKeys(url: publicURL.text + "/jwks.json", keys: lasting.keys, outside: sources) }

    /// The endpoints and pages of a configuration; from now on grants are judged by it.
    func endpoints(
        of configuration: Configuration,
        _ policy: PolicyEvaluator,
        development: DevelopmentIssuer?,
        views: [View],
        offers: any OfferListing
    ) throws -> AuthorizationEndpoints {
        var settings = try IdentityAssembly.settings(of: configuration, publicURL, policy, at: clock.now)
        var records = try IssuerAssembly.records(of: configuration, resource: settings.resource)
        if let development {
            let login = DevelopmentLogin(development, configuration.identity.developmentUser, policy)
            settings.providers.append(login.provider)
            records.append(login.record)
        }
        let identities = IdentityReader(
            providers: records.filter { settings.provider($0.id) != nil },
            fetch: sources,
            limits: configuration.limits.authentication,
            clock: clock
        )
        let server = AuthorizationServer(
            settings: settings,
            lasting: lasting,
            identities: identities,
            clock: clock,
            events: events
        )
        lasting.standings.adopt(settings, identities)
        return AuthorizationEndpoints(
            server,
            place: PublicPlace(
                root: publicURL.text,
                origin: publicURL.origin,
                authority: publicURL.authority,
                prefix: publicURL.prefix,
                hosts: Set(configuration.server.allowedHosts.map { $0.lowercased() })
                    .union(["localhost", "127.0.0.1", "[::1]", publicURL.host]),
                notice: development.map { _ in "For development on this machine: nothing here is real." }
            ),
            views: views,
            offers: offers
        )
    }

    /// Reads the signing keys, or makes the first: so a sealing key that is not the state's is found at the start.
    func open() async throws {
        do {
            _ = try await lasting.keys.keySet()
        } catch StateError.sealedWithAnotherKey {
            throw CommandFailure.notInOrder(
                "The state is sealed with another key; give that as state.former_sealing_key, or begin with an empty state."
            )
        } catch {
            throw CommandFailure.notInOrder("The state cannot be read: \(error)")
        }
    }

    /// Deletes what has ended, until the task is cancelled.
    func prune() async {
        while !Task.isCancelled {
            do {
                try await lasting.store.prune(at: clock.now)
            } catch {
                events.report(AuthorizationEvent(.stateUnavailable, detail: "\(error)"))
            }
            try? await Task.sleep(for: Self.pruning)
        }
    }

    func close() async {
        await strangers.shutdown()
    }
}
