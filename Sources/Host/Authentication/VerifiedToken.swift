package import GatewayCore

/// What a token that passed all checks is worth.
package struct VerifiedToken: Hashable, Sendable {
    package let principal: Principal
    /// Seconds since 1970.
    package let expiresAt: Int64

    /// What the gateway itself granted; nil for a token of another issuer.
    package let grant: GrantedToken?

    package init(principal: Principal, expiresAt: Int64, grant: GrantedToken? = nil) {
        self.principal = principal
        self.grant = grant
        self.expiresAt = expiresAt
    }
}
