import Authentication
import AuthorizationServer
import DataSources
import GatewayConfiguration
import GatewayCore
import GatewayState
import Logging
import MCPServer
import Policy

/// What gives sources the credentials of their callers; outlives the reloads of the configuration.
struct CredentialAssembly: Sendable {
    let door: CredentialDoor
    /// What calls miss.
    let needs: CredentialNeeds
    private let broker: CredentialBroker
    private let sources: SourceSwitch
    private let events: AuthorizationLog
    private let clock = SystemWallClock()

    init(
        _ acting: SourceActing,
        store: StateStore,
        sources: SourceSwitch,
        authorization: AuthorizationAssembly?,
        blocks: BlockRegister,
        operations: Operations,
        logger: Logger
    ) {
        (door, needs) = (acting.door, acting.needs)
        self.sources = sources
        events =
            authorization?.events
            ?? AuthorizationLog(logger: logger, registry: operations.registry, audit: operations.audit)
        broker = CredentialBroker(
            store: store,
            providers: authorization?.lasting.providers ?? UpstreamProviders(fetch: sources, clock: clock),
            isBlocked: { blocks.blocked[$0]?.isWhole ?? false }
        )
        door.open(to: broker)
    }

    /// Goes by a configuration from now on.
    func adopt(_ configuration: Configuration, _ publicURL: PublicURL, _ policy: PolicyEvaluator) throws {
        let settings = try IdentityAssembly.settings(of: configuration, publicURL, policy, at: clock.now)
        let records = try IssuerAssembly.records(of: configuration, resource: settings.resource)
        let identities = IdentityReader(
            providers: records.filter { settings.provider($0.id) != nil },
            fetch: sources,
            limits: configuration.limits.authentication,
            clock: clock
        )
        broker.adopt(settings, identities: identities, clock: clock, events: events)
    }
}

/// What stands between sources that are asked for callers and what gives the credentials.
struct SourceActing: Sendable {
    let door = CredentialDoor()
    let needs = CredentialNeeds()

    /// The source as plugins ask it: in front of its guards where it is asked for callers, else as it is.
    func source(_ source: any DataSource, _ name: String, in configuration: Configuration) -> any DataSource {
        guard configuration.actingSources.contains(name) else { return source }
        return ActingSource(name: name, source, broker: door, needs: needs)
    }
}

extension Configuration {
    /// The names of the sources that are asked for callers.
    var actingSources: Set<String> {
        Set(
            sources.compactMap { source in
                guard case .http(let settings) = source.kind, !settings.credentials.isEmpty else { return nil }
                return source.name
            }
        )
    }
}
