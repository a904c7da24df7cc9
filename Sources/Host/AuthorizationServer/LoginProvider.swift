/// An issuer at which people log in, with the client the gateway is there (OpenID Connect Core section 3.1).
package struct LoginProvider: Hashable, Sendable {
    /// The site's name for the issuer.
    package let id: String
    /// What the chooser of logins shows.
    package let label: String
    /// The `iss` strings that are the issuer's, exactly.
    package let issuers: [String]
    /// The URL of its OpenID configuration.
    package let discoveryURL: String
    package let clientID: String
    package let clientSecret: String?
    /// What is asked for, `openid` among it.
    package let scopes: [String]
    /// Whether groups are read from the userinfo endpoint too.
    package let asksUserinfo: Bool
    /// The groups there that give roles here, in the order of the site's rules.
    package let admissions: [Admission]
    /// Whom people ask to be let into a group; nil where the site does not say.
    package let contact: String?
    /// How people log in where the provider is the gateway itself; nil for all others.
    package let local: LocalLogin?

    package init(
        id: String,
        label: String,
        issuers: [String],
        discoveryURL: String,
        clientID: String,
        clientSecret: String?,
        scopes: [String],
        asksUserinfo: Bool,
        admissions: [Admission] = [],
        contact: String? = nil,
        local: LocalLogin? = nil
    ) {
        self.id = id
        self.label = label
        self.issuers = issuers
        self.discoveryURL = discoveryURL
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
        self.asksUserinfo = asksUserinfo
        self.admissions = admissions
        self.contact = contact
        self.local = local
    }
}
