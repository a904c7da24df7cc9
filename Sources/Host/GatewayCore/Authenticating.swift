/// Finds out who sent a request, from the credentials it carries.
package protocol Authenticating: Sendable {
    /// Judges the credentials. Every judgement is an outcome: nothing is thrown.
    func authenticate(_ credentials: PresentedCredentials) async -> AuthenticationOutcome
}

/// The credentials of one request, as they came.
package struct PresentedCredentials: Hashable, Sendable {
    /// The values of all `Authorization` fields, in their order.
    package let authorization: [String]
    /// Whether the query has an `access_token` (RFC 6750 section 2.3), which is never read.
    package let hasQueryToken: Bool

    package init(authorization: [String], hasQueryToken: Bool = false) {
        self.authorization = authorization
        self.hasQueryToken = hasQueryToken
    }
}

/// What the credentials of a request are worth.
package enum AuthenticationOutcome: Hashable, Sendable {
    /// There are none, or none of the `Bearer` scheme: 401 without an `error`, unless the view is anonymous.
    case anonymous
    /// A valid token. What it allows ends at `expiresAt`, in seconds since 1970.
    case principal(Principal, expiresAt: Int64)
    /// A bearer token that is not accepted: 401 with `error="invalid_token"`.
    case refused(TokenRefusal)
    /// Credentials that no well-behaved client sends: 400.
    case malformed
}

/// Why a token is not accepted, in a fixed set of words: fit for a metric label, and never an echo of the token.
package enum TokenRefusal: String, Error, Hashable, Sendable, CaseIterable {
    /// Not one signed token in the compact form, or not what its issuer's profile allows.
    case malformed
    case unknownIssuer = "unknown_issuer"
    /// An algorithm that is not allowed, or that does not fit the key.
    case algorithm
    /// No usable key has the name that the token gives.
    case unknownKey = "unknown_key"
    case signature
    case expired
    case notYetValid = "not_yet_valid"
    /// The token lives longer than its issuer's tokens may.
    case lifetime
    case audience
    /// The client that the token was issued to is not one of those allowed.
    case client
    case subject
    /// A claim is missing or not of its type.
    case claims
    /// An ID, refresh or logout token, a proof or an assertion.
    case notAccessToken = "not_access_token"
    /// Bound to a key or certificate whose possession nobody proved.
    case bound
    /// What the gateway granted has ended, or was never granted.
    case revoked
    /// The issuer was asked about the token, and says that it does not hold.
    case inactive
    /// The issuer's keys, or its word about the token, cannot be had at the moment.
    case keysUnavailable = "keys_unavailable"
    /// What the gateway granted cannot be read at the moment.
    case grantsUnavailable = "grants_unavailable"

    /// Whether the same token may be accepted later.
    package var isPassing: Bool { self == .keysUnavailable || self == .grantsUnavailable }

    /// The `error_description` a client sees; it says no more than it needs to.
    package var errorDescription: String {
        switch self {
        case .expired: "The access token has expired."
        case .notYetValid: "The access token is not valid yet."
        case .audience: "The access token was issued for another resource."
        case .keysUnavailable, .grantsUnavailable: "The access token cannot be checked at the moment."
        default: "The access token is not valid here."
        }
    }
}
