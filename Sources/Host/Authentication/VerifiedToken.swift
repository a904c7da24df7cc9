package import GatewayCore

/// What a token that passed all checks is worth.
package struct VerifiedToken: Hashable, Sendable {
    package let principal: Principal
    /// Seconds since 1970.
    package let expiresAt: Int64
    /// What the gateway itself granted; nil for a token of another issuer.
    package let grant: GrantedToken?
    /// By what one token of another issuer can be named (`jti`, `sid`).
    package let identifiers: [String]
    /// When its issuer made it, in seconds since 1970; nil when the issuer does not say.
    package let issuedAt: Int64?

    package init(
        principal: Principal,
        expiresAt: Int64,
        grant: GrantedToken? = nil,
        identifiers: [String] = [],
        issuedAt: Int64? = nil
    ) {
        self.principal = principal
        self.grant = grant
        self.expiresAt = expiresAt
        self.identifiers = identifiers
        self.issuedAt = issuedAt
    }

    /// By what it can be taken back.
    var names: ForeignToken {
        ForeignToken(
            issuer: principal.issuer,
            subject: principal.subject,
            client: principal.client,
            identifiers: identifiers,
            issuedAt: issuedAt
        )
    }
}
