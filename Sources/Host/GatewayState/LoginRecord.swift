/// What an issuer last said of a person: one of the logins that are theirs; times are in seconds since 1970.
package struct LoginRecord: Hashable, Sendable {
    /// The site's name for the issuer.
    package let provider: String
    /// The `iss` and `sub`, which together are whose login it is.
    package let issuer: String
    package let subject: String
    package var username: String?
    /// The groups, as the issuer's rules read them.
    package var groups: [String]
    /// When the person last logged in there; nil when the issuer does not say.
    package let authenticatedAt: Int64?
    /// When the person last came back from there in a browser.
    package let provenAt: Int64
    /// When the issuer last confirmed the person and the groups.
    package var confirmedAt: Int64
    /// Until when the groups hold without another login.
    package let expiresAt: Int64
    /// The refresh token that came with a login for the account; sealed in the file.
    package var upstreamRefreshToken: String?

    package init(
        provider: String,
        issuer: String,
        subject: String,
        username: String?,
        groups: [String],
        authenticatedAt: Int64?,
        provenAt: Int64,
        expiresAt: Int64,
        upstreamRefreshToken: String? = nil
    ) {
        self.provider = provider
        self.issuer = issuer
        self.subject = subject
        self.username = username
        self.groups = groups
        self.authenticatedAt = authenticatedAt
        self.provenAt = provenAt
        confirmedAt = provenAt
        self.expiresAt = expiresAt
        self.upstreamRefreshToken = upstreamRefreshToken
    }
}

/// A grant with all that its person's roles depend on.
package struct GrantStanding: Hashable, Sendable {
    package let grant: GrantRecord
    /// Whether the login of the grant is still the person's.
    package let hasLogin: Bool
    /// The logins of the person that hold, that of the grant among them when it is kept.
    package let logins: [LoginRecord]
    /// The `kid` of every key whose tokens count.
    package let signingKeys: Set<String>
}

/// A login that belongs to a person, whether its groups hold or not.
package struct IdentityRecord: Hashable, Sendable {
    package let issuer: String
    package let subject: String
    /// When it became the person's, in seconds since 1970.
    package let linkedAt: Int64
}

/// What became of the wish to link a login to a person.
package enum LinkOutcome: Hashable, Sendable {
    case linked
    /// It was the person's already, and is up to date now.
    case renewed
    /// It is another person's: nothing was changed.
    case taken
    /// The person has another login of the same issuer: nothing was changed.
    case occupied
    /// The login by which the person is here is no longer theirs: nothing was changed.
    case gone
}

/// What became of the wish to take a login from a person.
package enum UnlinkOutcome: Hashable, Sendable {
    case unlinked
    /// It is the only one: nothing was changed.
    case last
    /// The person has no such login.
    case unknown
}
