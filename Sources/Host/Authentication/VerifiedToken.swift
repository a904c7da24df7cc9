package import GatewayCore

/// What a token that passed all checks is worth.
package struct VerifiedToken: Hashable, Sendable {
    package let principal: Principal
    /// Seconds since 1970.
    package let expiresAt: Int64

    package init(principal: Principal, expiresAt: Int64) {
        self.principal = principal
        self.expiresAt = expiresAt
    }
}
