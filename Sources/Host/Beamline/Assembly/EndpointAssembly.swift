import Authentication
import AuthorizationServer
import Catalog
import GatewayConfiguration
import GatewayCore
import HTTPServer
import JSON
import Logging
import LoginPages
import MCPModel
import MCPServer
import PluginHosting
import Policy
import Sealing

/// Builds what answers requests, from a configuration and from what outlives its reloads.
struct EndpointAssembly {
    let publicURL: PublicURL
    let shelf: PluginShelf
    let hub: SubscriptionHub
    let sources: SourceSwitch
    let sessions: SessionStore
    let spent: SpentStates
    let developmentIssuer: DevelopmentIssuer?
    /// What the operators have blocked.
    let blocks: BlockRegister
    /// Nil where others give the tokens.
    let authorization: AuthorizationAssembly?
    /// Gives sources the credentials of their callers.
    let credentials: CredentialAssembly
    /// Nil where tokens of no other issuer are accepted.
    let revocations: ForeignRevocations?
    /// Seals where the site has no key: questions that are open end with this run.
    let ownSealingKey = RandomBytes.make(count: 32)
    /// Hears of every call.
    let operations: Operations
    let logger: Logger
    let clock = SystemWallClock()

    /// What clients ask tokens for, whichever path they call.
    var resource: String { publicURL.text + "/mcp" }

    /// Who accepts tokens.
    func authenticator(for configuration: Configuration) throws -> BearerAuthenticator {
        let own = authorization.map { _ in
            IdentityAssembly.ownRecord(publicURL, configuration.identity.lifetimes)
        }
        return try BearerAuthenticator(
            issuers: (own.map { [$0] } ?? []) + issuers(of: configuration),
            fetch: authorization?.keyFetch ?? sources,
            limits: configuration.limits.authentication,
            clock: clock,
            grants: authorization?.lasting.standings,
            revocations: revocations
        )
    }

    /// The plugins that a configuration names; one that a reload took out of it has no items any more.
    ///
    /// `replacements` are in the places of those with their namespaces, or new.
    func endpoint(
        for configuration: Configuration,
        authenticator: BearerAuthenticator,
        replacements: [LoadedPlugin] = []
    ) throws -> FrontDoor {
        guard authorization != nil || !configuration.isAuthorizationServer else {
            throw CommandFailure.notInOrder("The first login or service account needs a restart of the gateway.")
        }
        let named = Set(configuration.plugins.map(\.namespace))
        let present = shelf.plugins.filter { plugin in
            named.contains(plugin.namespace) && !replacements.contains { $0.namespace == plugin.namespace }
        }
        let plugins = present + replacements
        let rules = try PluginAssembly.policy(plugins, configuration, clock: clock)
        let policy = BlockingPolicy(rules, blocks)
        let catalog = Catalog(
            policy: policy,
            pageSize: configuration.limits.listPage,
            listed: configuration.limits.listed,
            provenance: operations.provenance,
            audit: operations.auditSearch,
            officers: AuditOfficers(configuration.audit.officers)
        )
        let settings = try settings(of: configuration, rules)
        let sealer = try SealerAssembly.sealer(of: configuration.state, orElse: ownSealingKey)
        let networks = try NetworkAssembly.networks(of: configuration, publicURL, clock)
        let pages = try authorization?.endpoints(
            of: configuration,
            rules,
            development: developmentIssuer,
            views: settings.views,
            offers: catalog
        )
        let acting = configuration.actingSources
        try credentials.adopt(configuration, publicURL, rules)
        let stepUps = StepUpDesk(
            counter: ChallengeCounter(limit: configuration.limits.challenges),
            logins: pages?.demands
        )
        let pipeline = CallPipeline(
            routing: catalog,
            policy: policy,
            audit: operations.audit,
            limits: configuration.limits.calls,
            consentPages: pages?.consents,
            provenance: operations.provenance,
            stepUps: stepUps,
            needs: acting.isEmpty ? nil : credentials.needs
        )
        // From here on nothing can fail: a catalog that is filled is the one that is kept up to date.
        shelf.fill(catalog, with: plugins)
        operations.watch(catalog, pipeline)
        let endpoint = Endpoint(
            settings,
            tools: catalog,
            items: catalog,
            pipeline: pipeline,
            itemPipeline: ItemPipeline(
                routing: catalog,
                policy: policy,
                audit: operations.audit,
                limits: configuration.limits.calls,
                admission: pipeline.admission,
                consentPages: pages?.consents,
                provenance: operations.provenance,
                stepUps: stepUps,
                needs: acting.isEmpty ? nil : credentials.needs
            ),
            authenticator: authenticator,
            networks: networks,
            challenge: BearerChallenge(
                metadataURL: publicURL.metadataURL(path: "/mcp"),
                baselineScopes: rules.baselineScopes
            ),
            sessions: sessions,
            hub: hub,
            sealer: sealer,
            spent: spent,
            itemRouting: catalog,
            policy: policy,
            clock: clock,
            failures: RefusalLog(logger: logger, metrics: operations.refusals)
        )
        return FrontDoor(authorization: pages, endpoint: endpoint)
    }

    /// Where clients get tokens: they take the first, so the gateway itself comes before the issuers that it trusts.
    private func authorizationServers(of configuration: Configuration) throws -> [String] {
        let issuers = try issuers(of: configuration)
        guard authorization != nil else { return issuers.compactMap(\.issuers.first) }
        // Nobody asks the development issuer for tokens but `beamline token`.
        guard developmentIssuer == nil else { return [publicURL.text] }
        let logins = Set(configuration.issuers.filter { $0.login != nil }.map(\.id))
        return [publicURL.text] + issuers.filter { !logins.contains($0.id) }.compactMap(\.issuers.first)
    }

    private func settings(of configuration: Configuration, _ policy: PolicyEvaluator) throws -> EndpointConfiguration {
        let limits = configuration.limits
        return EndpointConfiguration(
            publicURL: publicURL,
            views: ViewAssembly.views(of: configuration, namespaces: configuration.plugins.map(\.namespace)),
            server: Implementation(
                name: "beamline",
                version: Version.current,
                title: "Beamline",
                icons: try configuration.server.icons.map { try $0.icon(dataBytes: limits.iconBytes) }
            ),
            resourceMetadata: ProtectedResourceMetadata(
                resource: resource,
                authorizationServers: try authorizationServers(of: configuration),
                scopesSupported: policy.baselineScopes,
                resourceName: "Beamline"
            ),
            allowedHosts: Set(configuration.server.allowedHosts),
            allowedOrigins: Set(configuration.server.allowedOrigins),
            isOnLoopback: isLocal(configuration),
            messageLimits: JSONLimits(depth: limits.jsonDepth, bytes: limits.requestBodyBytes),
            maximumBatch: limits.batchMessages,
            listTimeToLive: Int(limits.listLifetime / .milliseconds(1)),
            maximumInstructions: limits.instructionBytes,
            streams: limits.streams,
            questions: limits.questions
        )
    }

    private func issuers(of configuration: Configuration) throws -> [IssuerRecord] {
        if let developmentIssuer { return [developmentIssuer.record] }
        return try IssuerAssembly.records(of: configuration, resource: resource)
    }

    /// Whether the gateway is for this machine alone: behind a proxy it listens on loopback and serves everybody.
    private func isLocal(_ configuration: Configuration) -> Bool {
        ["127.0.0.1", "::1", "localhost"].contains(configuration.server.host)
            && ["127.0.0.1", "[::1]", "localhost"].contains(publicURL.host)
    }
}
