/// What the site decides about the authorization server.
package struct AuthorizationSettings: Sendable {
    /// The issuer: the public URL, without a slash at its end.
    package var issuer: String
    /// The resource that tokens are for: the gateway's MCP URL.
    package var resource: String
    /// Whether the public URL is `http` on loopback: a gateway for one machine, where documents may lie there too.
    package var isForOneMachine: Bool
    package var providers: [LoginProvider]
    /// The clients the site knows.
    package var clients: [Client]
    package var accounts: [ServiceAccount]
    /// Whether clients may register themselves (RFC 7591).
    package var allowsRegistration: Bool
    /// Whether clients may be known by a metadata document.
    package var allowsDocuments: Bool
    /// The hosts whose documents are read; empty for all.
    package var documentHosts: [String]
    /// The private-use redirect URIs that clients may have, letter by letter.
    package var privateUseRedirects: [String]
    package var scopes: ScopeCatalog
    /// The sources that are asked for their callers.
    package var sources: [SourceAccess]
    package var lifetimes: AuthorizationLifetimes
    package var limits: AuthorizationLimits

    package init(
        issuer: String,
        resource: String,
        isForOneMachine: Bool = false,
        providers: [LoginProvider] = [],
        clients: [Client] = [],
        accounts: [ServiceAccount] = [],
        allowsRegistration: Bool = true,
        allowsDocuments: Bool = true,
        documentHosts: [String] = [],
        privateUseRedirects: [String] = [],
        scopes: ScopeCatalog,
        sources: [SourceAccess] = [],
        lifetimes: AuthorizationLifetimes = AuthorizationLifetimes(),
        limits: AuthorizationLimits = AuthorizationLimits()
    ) {
        self.issuer = issuer
        self.resource = resource
        self.isForOneMachine = isForOneMachine
        self.providers = providers
        self.clients = clients
        self.accounts = accounts
        self.allowsRegistration = allowsRegistration
        self.allowsDocuments = allowsDocuments
        self.documentHosts = documentHosts
        self.privateUseRedirects = privateUseRedirects
        self.scopes = scopes
        self.sources = sources
        self.lifetimes = lifetimes
        self.limits = limits
    }

    package func provider(_ id: String) -> LoginProvider? { providers.first { $0.id == id } }

    package func source(_ name: String) -> SourceAccess? { sources.first { $0.source == name } }

    /// Whether a source is asked with what a provider gave at a login.
    package func keepsTokens(of provider: String) -> Bool { sources.contains { $0.uses(loginsOf: provider) } }

    package func account(_ id: String) -> ServiceAccount? { accounts.first { $0.id == id } }

    /// Where an upstream login comes back to; each provider has an address of its own, so that the answer of one is
    /// never taken for another's (RFC 9700 section 4.4).
    package func callback(of provider: String) -> String { "\(issuer)/login/callback/\(provider)" }
}

/// How long what the authorization server gives out holds, in seconds.
package struct AuthorizationLifetimes: Hashable, Sendable {
    package var accessToken: Int64
    package var code: Int64
    /// An unused refresh token.
    package var refreshToken: Int64
    /// Everything a person granted at one login.
    package var grant: Int64
    /// How long a refresh token that was replaced gives its successor again.
    package var refreshGrace: Int64
    /// A person in a browser, before they log in anew.
    package var session: Int64
    /// From the consent page to the return from the login.
    package var pendingLogin: Int64
    package var deviceCode: Int64
    /// How long a device waits between two questions at least.
    package var deviceInterval: Int64
    /// A client that registered and was never used.
    package var unusedClient: Int64
    /// A client that registered, since its last use.
    package var usedClient: Int64
    /// How long a key signs before the next takes over.
    package var signingKey: Int64
    /// How often the upstream issuer is asked at most whether a person is still who they were.
    package var confirmation: Int64
    /// How long tokens are renewed when the upstream issuer does not answer.
    package var unconfirmed: Int64
    /// How long a call waits for somebody to agree to it, and after that to be made.
    package var approval: Int64
    /// How long a grant that held goes on while the state does not answer.
    package var stateOutage: Int64

    package init(
        accessToken: Int64 = 600,
        code: Int64 = 60,
        refreshToken: Int64 = 30 * 86_400,
        grant: Int64 = 90 * 86_400,
        refreshGrace: Int64 = 60,
        session: Int64 = 12 * 3600,
        pendingLogin: Int64 = 600,
        deviceCode: Int64 = 600,
        deviceInterval: Int64 = 5,
        unusedClient: Int64 = 86_400,
        usedClient: Int64 = 90 * 86_400,
        signingKey: Int64 = 30 * 86_400,
        confirmation: Int64 = 900,
        unconfirmed: Int64 = 86_400,
        approval: Int64 = 600,
        stateOutage: Int64 = 600
    ) {
        self.accessToken = accessToken
        self.code = code
        self.refreshToken = refreshToken
        self.grant = grant
        self.refreshGrace = refreshGrace
        self.session = session
        self.pendingLogin = pendingLogin
        self.deviceCode = deviceCode
        self.deviceInterval = deviceInterval
        self.unusedClient = unusedClient
        self.usedClient = usedClient
        self.signingKey = signingKey
        self.confirmation = confirmation
        self.unconfirmed = unconfirmed
        self.approval = approval
        self.stateOutage = stateOutage
    }
}

/// What strangers may make the authorization server do.
package struct AuthorizationLimits: Hashable, Sendable {
    /// Clients that registered themselves, at one time.
    package var registeredClients: Int
    /// Registrations from one address in a minute.
    package var registrationsPerMinute: Int
    /// Failed attempts from one address as one client in a minute.
    package var failuresPerMinute: Int
    /// The largest registration, in bytes.
    package var registrationBytes: Int
    /// The largest client document, in bytes.
    package var documentBytes: Int
    /// Seconds one client document may take.
    package var documentTimeout: Int64
    /// Client documents that are fetched at the same time.
    package var documentsAtOnce: Int
    /// Client documents that are fetched in a minute.
    package var documentsPerMinute: Int
    /// Logins that are under way at the same time.
    package var waitingLogins: Int
    /// Devices that wait at the same time.
    package var waitingDevices: Int
    /// Calls that wait for somebody to agree to them at the same time, and those of one caller.
    package var waitingApprovals: Int
    package var approvalsPerCaller: Int
    /// The largest answer of a provider, in bytes.
    package var providerBytes: Int
    /// Seconds one request to a provider may take.
    package var providerTimeout: Int64
    /// Tokens for sources in memory, and the longest of any, in bytes.
    package var sourceTokens: Int
    package var sourceTokenBytes: Int
    /// Seconds after which a token is renewed that a source does not take.
    package var sourceTokenRenewal: Int64

    package init(
        registeredClients: Int = 10_000,
        registrationsPerMinute: Int = 10,
        failuresPerMinute: Int = 60,
        registrationBytes: Int = 16 << 10,
        documentBytes: Int = 10 << 10,
        documentTimeout: Int64 = 5,
        documentsAtOnce: Int = 4,
        documentsPerMinute: Int = 30,
        waitingLogins: Int = 10_000,
        waitingDevices: Int = 1000,
        waitingApprovals: Int = 10_000,
        approvalsPerCaller: Int = 16,
        providerBytes: Int = 256 << 10,
        providerTimeout: Int64 = 10,
        sourceTokens: Int = 10_000,
        sourceTokenBytes: Int = 12 << 10,
        sourceTokenRenewal: Int64 = 60
    ) {
        self.registeredClients = registeredClients
        self.registrationsPerMinute = registrationsPerMinute
        self.failuresPerMinute = failuresPerMinute
        self.registrationBytes = registrationBytes
        self.documentBytes = documentBytes
        self.documentTimeout = documentTimeout
        self.documentsAtOnce = documentsAtOnce
        self.documentsPerMinute = documentsPerMinute
        self.waitingLogins = waitingLogins
        self.waitingDevices = waitingDevices
        self.waitingApprovals = waitingApprovals
        self.approvalsPerCaller = approvalsPerCaller
        self.providerBytes = providerBytes
        self.providerTimeout = providerTimeout
        self.sourceTokens = sourceTokens
        self.sourceTokenBytes = sourceTokenBytes
        self.sourceTokenRenewal = sourceTokenRenewal
    }
}
