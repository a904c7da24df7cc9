package import GatewayCore

/// A request that was turned away before a method saw it.
///
/// Nothing of its body or its token is in it.
package struct RefusedRequest: Hashable, Sendable {
    /// Why: a fixed set, fit for a metric label.
    package enum Reason: Hashable, Sendable {
        case host
        case origin
        case token(TokenRefusal)
        case malformedCredentials
        /// No session is free.
        case sessionLimit
    }

    package let requestID: RequestID
    package let reason: Reason
    /// The peer's address, when the listener knows it.
    package let remoteAddress: String?

    package init(requestID: RequestID, reason: Reason, remoteAddress: String?) {
        self.requestID = requestID
        self.reason = reason
        self.remoteAddress = remoteAddress
    }
}
