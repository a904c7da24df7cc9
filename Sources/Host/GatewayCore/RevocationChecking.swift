/// Tells whether the site has taken back what another issuer's token says; asked at every request with such a token.
package protocol RevocationChecking: Sendable {
    func standing(of token: ForeignToken) async -> RevocationStanding
}

/// By what a token of another issuer can be taken back.
package struct ForeignToken: Hashable, Sendable {
    /// The issuer's `iss`.
    package let issuer: String
    package let subject: String
    package let client: String?
    /// Its `jti` and `sid`, as far as it has them.
    package let identifiers: [String]
    /// When it was made, in seconds since 1970; nil when it does not say.
    package let issuedAt: Int64?

    package init(issuer: String, subject: String, client: String?, identifiers: [String], issuedAt: Int64?) {
        self.issuer = issuer
        self.subject = subject
        self.client = client
        self.identifiers = identifiers
        self.issuedAt = issuedAt
    }
}

package enum RevocationStanding: Hashable, Sendable {
    case holds
    case revoked
    /// It cannot be found out at the moment.
    case unknown
}
