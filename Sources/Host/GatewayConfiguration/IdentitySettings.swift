/// `identity`: the gateway as an issuer of its own.
package struct IdentitySettings: Hashable, Sendable {
    /// Whether the development issuer runs; loopback only.
    package var isDevelopment = false
    /// Who logs in at the development issuer.
    package var developmentUser = DevelopmentUserSettings()
    /// The clients the site knows.
    package var clients: [KnownClientSettings] = []
    /// Programs that call for themselves.
    package var accounts: [ServiceAccountSettings] = []
    /// Whether clients may register themselves.
    package var allowsRegistration = true
    /// Whether clients may be known by a metadata document.
    package var allowsDocuments = true
    /// The hosts whose documents are read; empty for all.
    package var documentHosts: [String] = []
    /// The private-use redirect URIs that clients may have, letter by letter.
    package var privateUseRedirects = ["cursor://anysphere.cursor-mcp/oauth/callback"]
    package var lifetimes = IdentityLifetimes()
    /// Places from which a service account calls without a token.
    package var trustedNetworks: [TrustedNetworkSettings] = []
    var place = ConfigurationPlace.nowhere
}

/// `identity.development_user`: who logs in where the development issuer runs.
package struct DevelopmentUserSettings: Hashable, Sendable {
    package var name = "you"
    /// Their roles; empty for all that the plugins have.
    package var roles: [String] = []
    var place = ConfigurationPlace.nowhere
}

/// `identity.clients.<id>`: a client the site knows.
package struct KnownClientSettings: Hashable, Sendable {
    package var id = ""
    package var label = ""
    package var redirectURIs: [String] = []
    /// Its secret; nil for a public client.
    package var secret: SettingValue?
    package var place: ConfigurationPlace
}

/// `identity.service_accounts.<id>`: a program that calls for itself.
package struct ServiceAccountSettings: Hashable, Sendable {
    package var id = ""
    package var owner = ""
    package var roles: [String] = []
    package var scopes: [String] = []
    /// The last day on which it works, such as `2027-06-30`, in UTC.
    package var expires = ""
    /// The SHA-256 of its secrets, in hexadecimal.
    package var secretDigests: [String] = []
    /// The SHA-256 of its static keys, in hexadecimal.
    package var keyDigests: [String] = []
    /// A JWK set of its public keys.
    package var keySetFile: String?
    /// The tools, by their outside names, to whose calls the site agrees once and for all.
    package var consentedTools: [String] = []
    package var place: ConfigurationPlace
}

/// `identity.trusted_networks.<name>`: a place from which a service account reads without a token.
package struct TrustedNetworkSettings: Hashable, Sendable {
    package var name = ""
    /// Ranges of the peers' addresses, such as `10.1.0.0/16`.
    package var addresses: [String] = []
    /// The path of a Unix socket that the gateway makes.
    package var socket: String?
    /// A name under `identity.service_accounts`.
    package var account = ""
    /// The last day on which it counts, such as `2027-06-30`, in UTC.
    package var expires = ""
    package var place: ConfigurationPlace
}

/// `identity.lifetimes`: how long what the gateway gives out holds.
package struct IdentityLifetimes: Hashable, Sendable {
    package var accessToken = Duration.seconds(600)
    package var code = Duration.seconds(60)
    package var refreshToken = Duration.seconds(30 * 86_400)
    package var grant = Duration.seconds(90 * 86_400)
    package var refreshGrace = Duration.seconds(60)
    package var session = Duration.seconds(12 * 3600)
    package var pendingLogin = Duration.seconds(600)
    package var deviceCode = Duration.seconds(600)
    package var deviceInterval = Duration.seconds(5)
    package var unusedClient = Duration.seconds(86_400)
    package var usedClient = Duration.seconds(90 * 86_400)
    package var signingKey = Duration.seconds(30 * 86_400)
    package var confirmation = Duration.seconds(900)
    package var unconfirmed = Duration.seconds(86_400)
    package var stateOutage = Duration.seconds(600)
}

/// `issuers.<id>.login`: the client that the gateway is at an issuer.
package struct LoginSettings: Hashable, Sendable {
    package var clientID = ""
    package var clientSecret: SettingValue?
    package var label = ""
    /// Whom people ask to be let into a group there.
    package var contact: String?
    package var scopes = ["openid", "profile"]
    package var asksUserinfo = false
    package var furtherOrigins: [String] = []
}

/// `issuers.<id>.introspection`: how an issuer is asked about its tokens.
package struct IntrospectionSettings: Hashable, Sendable {
    /// The address; nil for the one in the issuer's metadata.
    package var url: String?
    /// The client that asks; nil for the one of `login`.
    package var clientID: String?
    package var clientSecret: SettingValue?

    package init() {}
}

extension Configuration {
    /// Whether the gateway is an authorization server: people log in somewhere, or programs for themselves.
    package var isAuthorizationServer: Bool {
        identity.isDevelopment || issuers.contains { $0.login != nil } || !identity.accounts.isEmpty
    }
}
