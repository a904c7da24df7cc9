/// What a person allowed a client: the root of its codes and tokens; times are in seconds since 1970.
package struct GrantRecord: Hashable, Sendable {
    package let id: String
    package let client: String
    /// The client's name for people, as it was when they agreed.
    package let clientName: String
    /// The gateway's own stable name for the person.
    package let person: String
    /// The site's name for the issuer at which the person logged in.
    package let provider: String
    /// The `iss` and `sub` of that login.
    package let issuer: String
    package let subject: String
    package var username: String?
    /// The groups of that login, as the issuer's rules read them.
    package var groups: [String]
    package let scopes: [String]
    package let authenticatedAt: Int64?
    package let createdAt: Int64
    package var usedAt: Int64
    /// When the issuer last confirmed the person and the groups.
    package var confirmedAt: Int64
    package let expiresAt: Int64
    /// When it was revoked; nil while it holds.
    package var endedAt: Int64?
    /// The refresh token of the upstream login; sealed in the file.
    package var upstreamRefreshToken: String?

    package init(
        id: String,
        client: String,
        clientName: String,
        person: String,
        provider: String,
        issuer: String,
        subject: String,
        username: String? = nil,
        groups: [String] = [],
        scopes: [String],
        authenticatedAt: Int64?,
        createdAt: Int64,
        expiresAt: Int64,
        upstreamRefreshToken: String? = nil
    ) {
        self.id = id
        self.client = client
        self.clientName = clientName
        self.person = person
        self.provider = provider
        self.issuer = issuer
        self.subject = subject
        self.username = username
        self.groups = groups
        self.scopes = scopes
        self.authenticatedAt = authenticatedAt
        self.createdAt = createdAt
        usedAt = createdAt
        confirmedAt = createdAt
        self.expiresAt = expiresAt
        self.upstreamRefreshToken = upstreamRefreshToken
    }
}
