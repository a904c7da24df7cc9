import Authentication
import AuthorizationServer
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import MCPServer
import Policy

/// Turns the configuration into the settings of the authorization server.
enum IdentityAssembly {
    /// The longest time ahead that a service account may expire, in seconds: a year and a day.
    private static let longestAccount: Int64 = 366 * 86_400

    static func settings(
        of configuration: Configuration,
        _ publicURL: PublicURL,
        _ policy: PolicyEvaluator,
        at now: Int64
    ) throws -> AuthorizationSettings {
        let identity = configuration.identity
        var lifetimes = lifetimes(identity.lifetimes)
        lifetimes.approval = configuration.limits.questionLifetime.components.seconds
        return AuthorizationSettings(
            issuer: publicURL.text,
            resource: publicURL.text + "/mcp",
            isForOneMachine: isForOneMachine(publicURL),
            providers: try configuration.issuers.compactMap(provider),
            clients: try identity.clients.map(client),
            accounts: try identity.accounts.map { try account($0, at: now) },
            allowsRegistration: identity.allowsRegistration,
            allowsDocuments: identity.allowsDocuments,
            documentHosts: identity.documentHosts,
            privateUseRedirects: identity.privateUseRedirects,
            scopes: ScopeCatalog(
                baseline: policy.baselineScopes,
                known: Set(policy.knownScopes),
                meanings: policy.scopeMeanings,
                available: policy.scopes(availableTo:)
            ),
            sources: try SourceAccessAssembly.access(of: configuration),
            lifetimes: lifetimes,
            limits: configuration.limits.authorization
        )
    }

    /// Reads every secret, file and day that the identity of a configuration refers to.
    static func check(_ configuration: Configuration) throws {
        _ = try configuration.issuers.map(provider)
        _ = try configuration.identity.clients.map(client)
        _ = try configuration.identity.accounts.map { try account($0, at: SystemWallClock().now) }
        if let publicURL = PublicAddress.parse(configuration.server.publicURL) {
            _ = try NetworkAssembly.networks(of: configuration, publicURL, SystemWallClock())
        }
    }

    static func isForOneMachine(_ publicURL: PublicURL) -> Bool {
        publicURL.scheme == "http" && LoopbackURL.isLoopback(publicURL.origin)
    }

    /// The record by which the gateway accepts its own tokens.
    static func ownRecord(_ publicURL: PublicURL, _ lifetimes: IdentityLifetimes) -> IssuerRecord {
        IssuerRecord(
            id: "beamline",
            issuers: [publicURL.text],
            keys: .jwks(url: publicURL.text + "/jwks.json"),
            algorithms: [.es256],
            profile: .rfc9068,
            audience: [publicURL.text + "/mcp"],
            maximumLifetime: lifetimes.accessToken.components.seconds,
            isOwn: true
        )
    }

    static func lifetimes(_ settings: IdentityLifetimes) -> AuthorizationLifetimes {
        AuthorizationLifetimes(
            accessToken: settings.accessToken.components.seconds,
            code: settings.code.components.seconds,
            refreshToken: settings.refreshToken.components.seconds,
            grant: settings.grant.components.seconds,
            refreshGrace: settings.refreshGrace.components.seconds,
            session: settings.session.components.seconds,
            pendingLogin: settings.pendingLogin.components.seconds,
            deviceCode: settings.deviceCode.components.seconds,
            deviceInterval: settings.deviceInterval.components.seconds,
            unusedClient: settings.unusedClient.components.seconds,
            usedClient: settings.usedClient.components.seconds,
            signingKey: settings.signingKey.components.seconds,
            confirmation: settings.confirmation.components.seconds,
            unconfirmed: settings.unconfirmed.components.seconds,
            stateOutage: settings.stateOutage.components.seconds
        )
    }

    private static func provider(_ issuer: IssuerSettings) throws -> LoginProvider? {
        guard let login = issuer.login, let discovery = issuer.discovery else { return nil }
        return LoginProvider(
            id: issuer.id,
            label: login.label.isEmpty ? issuer.id : login.label,
            issuers: issuer.issuers,
            discoveryURL: discovery,
            clientID: login.clientID,
            clientSecret: try login.clientSecret.map(Secrets.resolve),
            scopes: login.scopes,
            asksUserinfo: login.asksUserinfo,
            admissions: issuer.roles.map { Admission(group: $0.group, role: $0.role) },
            contact: login.contact
        )
    }

    private static func client(_ settings: KnownClientSettings) throws -> Client {
        for uri in settings.redirectURIs
        where !RedirectURI.isAcceptable(uri, privateUse: []) && !uri.contains("://") {
            throw CommandFailure.notInOrder("\(settings.place): \(uri) cannot be a redirect URI")
        }
        let secret = try settings.secret.map(Secrets.resolve)
        return Client(
            id: settings.id,
            name: settings.label.isEmpty ? settings.id : settings.label,
            origin: .site,
            redirectURIs: settings.redirectURIs,
            authentication: secret == nil ? .none : .secretBasic,
            secretDigests: secret.map { [Secret.digest($0)] } ?? []
        )
    }

    /// When a last day is over, in seconds since 1970.
    static func end(of day: String, _ place: ConfigurationPlace, at now: Int64) throws -> Int64 {
        guard let expiry = CalendarDay.end(of: day), expiry - now <= longestAccount else {
            throw CommandFailure.notInOrder("\(place): expires must be a day within the next year")
        }
        return expiry
    }

    private static func account(_ settings: ServiceAccountSettings, at now: Int64) throws -> ServiceAccount {
        let expiry = try end(of: settings.expires, settings.place, at: now)
        var keySet: [UInt8]?
        if let path = settings.keySetFile {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandFailure.notInOrder("\(settings.place): the file \(path) cannot be read")
            }
            keySet = Array(data)
        }
        return ServiceAccount(
            id: settings.id,
            owner: settings.owner,
            roles: settings.roles,
            scopes: settings.scopes,
            expiresAt: expiry,
            secretDigests: settings.secretDigests,
            keyDigests: settings.keyDigests,
            keySet: keySet,
            consentedTools: settings.consentedTools
        )
    }
}

extension LimitSettings {
    fileprivate var authorization: AuthorizationLimits {
        AuthorizationLimits(
            registeredClients: registeredClients,
            registrationsPerMinute: registrationsPerMinute,
            failuresPerMinute: tokenFailuresPerMinute,
            registrationBytes: registrationBytes,
            documentBytes: clientDocumentBytes,
            documentTimeout: clientDocumentTime.components.seconds,
            documentsAtOnce: clientDocuments,
            documentsPerMinute: clientDocumentsPerMinute,
            waitingLogins: waitingLogins,
            waitingDevices: waitingDevices,
            waitingApprovals: waitingApprovals,
            approvalsPerCaller: questionsPerPrincipal,
            providerBytes: loginBytes,
            providerTimeout: loginTime.components.seconds,
            sourceTokens: sourceTokens,
            sourceTokenBytes: sourceTokenBytes,
            sourceTokenRenewal: sourceTokenRenewal.components.seconds
        )
    }
}
