/// A trusted issuer with its own rules.
///
/// Nothing of it holds for any other issuer, and no string is normalised.
package struct IssuerRecord: Hashable, Sendable {
    /// The site's name for the issuer.
    package var id: String
    /// The `iss` of its tokens, exactly; some issuers write theirs with and without a slash at the end.
    package var issuers: [String]
    package var keys: KeySource
    package var algorithms: Set<SigningAlgorithm>
    package var profile: TokenProfile
    /// A token must be for one of these, exactly.
    package var audience: [String]
    /// The clients whose tokens are accepted; empty for all.
    ///
    /// Needed where the audience is only a client's id.
    package var allowedClients: [String]
    /// The longest time between issue and expiry, in seconds.
    package var maximumLifetime: Int64
    /// By how much the issuer's clock may differ, in seconds.
    package var skew: Int64
    /// The claim that names the caller for good.
    package var subject: ClaimPath
    /// The claim that names the caller for people.
    package var username: ClaimPath
    package var groups: GroupClaims
    package var roles: [RoleMapping]
    /// A claim that lists roles under their outside names.
    ///
    /// Only for an issuer that is part of the gateway.
    package var verbatimRoles: ClaimPath?
    /// Whether the issuer is the gateway itself, whose tokens name a grant (`sid`) that is asked about at each request.
    package var isOwn: Bool
    /// Local scopes, such as `read`, that a token gets in each namespace in which it has a role and no scope: for issuers that cannot give ours.
    package var baselineScopes: [String]
    /// How the issuer is asked about its tokens; needed by the profiles that are asked, and by no other.
    package var questions: TokenQuestions?

    package init(
        id: String,
        issuers: [String],
        keys: KeySource,
        algorithms: Set<SigningAlgorithm> = SigningAlgorithm.usual,
        profile: TokenProfile = .rfc9068,
        audience: [String],
        allowedClients: [String] = [],
        maximumLifetime: Int64 = 86_400,
        skew: Int64 = 60,
        subject: ClaimPath = ClaimPath(["sub"]),
        username: ClaimPath = ClaimPath(["preferred_username"]),
        groups: GroupClaims = GroupClaims(),
        roles: [RoleMapping] = [],
        verbatimRoles: ClaimPath? = nil,
        isOwn: Bool = false,
        baselineScopes: [String] = [],
        questions: TokenQuestions? = nil
    ) {
        self.id = id
        self.issuers = issuers
        self.keys = keys
        self.algorithms = algorithms
        self.profile = profile
        self.audience = audience
        self.allowedClients = allowedClients
        self.maximumLifetime = maximumLifetime
        self.skew = skew
        self.subject = subject
        self.username = username
        self.groups = groups
        self.roles = roles
        self.verbatimRoles = verbatimRoles
        self.isOwn = isOwn
        self.baselineScopes = baselineScopes
        self.questions = questions
    }
}
