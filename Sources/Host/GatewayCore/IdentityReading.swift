/// Reads who logged in at an issuer, from what the issuer signed; implemented by `Authentication`.
package protocol IdentityReading: Sendable {
    /// Checks an ID token and reads the person from it (OpenID Connect Core section 3.1.3.7).
    func identity(in answer: LoginAnswer, of provider: String) async throws(TokenRefusal) -> UpstreamIdentity

    /// The roles that groups have under the rules of their own issuer.
    func roles(of groups: [String], at provider: String) -> Set<String>

    /// Checks an assertion by which a client authenticates (RFC 7523 section 3), with the client's own keys.
    func assertion(
        _ token: String,
        of client: String,
        signedBy keySet: [UInt8]
    ) async throws(TokenRefusal) -> ClientAssertion
}

/// What an issuer answered to a login.
package struct LoginAnswer: Hashable, Sendable {
    package let idToken: String
    /// The client that the ID token must be for.
    package let client: String
    /// The nonce it must carry; nil for one that answers a refresh, which has none of ours.
    package let nonce: String?
    package let accessToken: String?
    /// The answer of the userinfo endpoint, when it was asked.
    package let userinfo: [UInt8]?

    package init(idToken: String, client: String, nonce: String?, accessToken: String?, userinfo: [UInt8]?) {
        self.idToken = idToken
        self.client = client
        self.nonce = nonce
        self.accessToken = accessToken
        self.userinfo = userinfo
    }
}

/// A person as an issuer names them.
package struct UpstreamIdentity: Hashable, Sendable {
    /// The `iss`, exactly.
    package let issuer: String
    package let subject: String
    package let username: String?
    /// The groups, after the issuer's rules for them.
    package let groups: [String]
    /// When they logged in, in seconds since 1970; nil when the issuer does not say.
    package let authenticatedAt: Int64?

    package init(issuer: String, subject: String, username: String?, groups: [String], authenticatedAt: Int64?) {
        self.issuer = issuer
        self.subject = subject
        self.username = username
        self.groups = groups
        self.authenticatedAt = authenticatedAt
    }
}

/// What a client's assertion says, once its signature and times are checked.
package struct ClientAssertion: Hashable, Sendable {
    package let audience: [String]
    /// Its `jti`.
    package let identifier: String
    /// Seconds since 1970.
    package let expiresAt: Int64

    package init(audience: [String], identifier: String, expiresAt: Int64) {
        self.audience = audience
        self.identifier = identifier
        self.expiresAt = expiresAt
    }
}
