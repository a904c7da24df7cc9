/// Who calls: one identity of one issuer, with what it may do in the gateway's own words, and the logins linked to it.
///
/// Roles and scopes are outside names (`atlas.user`, `atlas:read`). Claims never leave `Authentication`.
package struct Principal: Hashable, Sendable {
    /// The issuer's `iss`, exactly as the token says it; empty for the anonymous principal.
    package let issuer: String
    /// The issuer's stable name for the caller (`sub`).
    package let subject: String
    /// A name for people, when the issuer gives one.
    package let username: String?
    /// What the site says the caller is, such as `epic.operator`, by all their logins.
    package let roles: Set<String>
    /// Those of the roles that come from the issuer itself, and not from a linked login.
    package let ownRoles: Set<String>
    /// What this token may be used for, such as `epic:read`.
    package let scopes: Set<String>
    /// The OAuth client the token was issued to.
    package let client: String?
    /// When the caller last logged in, in seconds since 1970; absent when the issuer does not say.
    package let authenticatedAt: Int64?
    /// The tools, by their outside names, to whose calls the site has agreed once and for all: for service accounts.
    package let consentedTools: Set<String>
    /// The person's further logins.
    package let linked: [LinkedLogin]
    /// The site's name for the network from which the caller comes without a token; nil for callers with one.
    ///
    /// Such callers only read.
    package private(set) var network: String?

    /// Creates a principal whose roles are those given and those of the linked logins.
    package init(
        issuer: String,
        subject: String,
        username: String? = nil,
        roles: Set<String> = [],
        scopes: Set<String> = [],
        client: String? = nil,
        authenticatedAt: Int64? = nil,
        consentedTools: Set<String> = [],
        linked: [LinkedLogin] = []
    ) {
        self.issuer = issuer
        self.subject = subject
        self.username = username
        self.roles = linked.reduce(into: roles) { $0.formUnion($1.roles) }
        ownRoles = roles
        self.scopes = scopes
        self.client = client
        self.authenticatedAt = authenticatedAt
        self.consentedTools = consentedTools
        self.linked = linked
    }

    /// The same without a token, from a network that the site trusts.
    package func onlyReading(from network: String) -> Principal {
        var reader = Principal(
            issuer: issuer,
            subject: subject,
            username: username,
            roles: roles,
            scopes: scopes,
            client: client
        )
        reader.network = network
        return reader
    }

    /// The caller of a view that needs no token.
    package static let anonymous = Principal(issuer: "", subject: "")

    /// Whether a program called for itself and no person is behind it: its client is its subject (RFC 9068 section 2.2).
    package var isProgram: Bool { client.map { $0 == subject } ?? false }

    /// Whether no token was presented.
    package var isAnonymous: Bool { issuer.isEmpty }
}
