package import GatewayCore

/// Whose a stream is; all callers without a token are one.
package struct StreamOwner: Hashable, Sendable {
    private let issuer: String
    private let subject: String

    package init(_ principal: Principal) {
        issuer = principal.issuer
        subject = principal.subject
    }
}
