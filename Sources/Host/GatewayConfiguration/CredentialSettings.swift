/// One of `sources.<name>.credentials`: a way in which requests to an HTTP source are authenticated for the caller.
package struct CredentialSettings: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The token that came with the caller's login.
        case loginToken = "login_token"
        /// A token for the source, that the issuer gives for the one of the login (RFC 8693).
        case tokenExchange = "token_exchange"
        /// A token of the gateway itself (RFC 6749 section 4.4).
        case clientCredentials = "client_credentials"
        /// A token that the caller gave.
        case userToken = "user_token"
    }

    /// Which of the tokens of a login.
    package enum LoginToken: String, Hashable, Sendable, CaseIterable {
        case access, id
    }

    package var kind = Kind.loginToken
    /// A name under `issuers`.
    package var issuer: String?
    package var token = LoginToken.access
    package var audience: String?
    /// The URI of the resource (RFC 8707).
    package var resource: String?
    package var scopes: [String] = []
    /// The client at the issuer; nil for the one of its `login`.
    package var clientID: String?
    package var clientSecret: SettingValue?
    /// Whether requests with the gateway's own token may change something.
    package var mayWrite = false
    /// What the service is called for people.
    package var label: String?
    /// What tokens that a caller gives begin with.
    package var prefix: String?
    /// How long a token that a caller gave is kept at most.
    package var lifetime = Duration.seconds(30 * 86_400)
    /// Where a caller gets such a token, in words for people.
    package var help: String?
    package var place: ConfigurationPlace

    /// Whether an issuer makes the token.
    var isOfIssuer: Bool { kind != .userToken }
}

extension CredentialSettings: Placed {}
