/// An answer that is a refusal (RFC 6749 sections 4.1.2.1 and 5.2, RFC 7591 section 3.2.2, RFC 8628 section 3.5).
package struct OAuthError: Error, Hashable, Sendable {
    /// The words of the protocol.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidGrant = "invalid_grant"
        case unauthorizedClient = "unauthorized_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case unsupportedResponseType = "unsupported_response_type"
        case unsupportedTokenType = "unsupported_token_type"
        case invalidScope = "invalid_scope"
        case invalidTarget = "invalid_target"
        case accessDenied = "access_denied"
        case loginRequired = "login_required"
        case consentRequired = "consent_required"
        case requestNotSupported = "request_not_supported"
        case requestURINotSupported = "request_uri_not_supported"
        case invalidRedirectURI = "invalid_redirect_uri"
        case invalidClientMetadata = "invalid_client_metadata"
        case authorizationPending = "authorization_pending"
        case slowDown = "slow_down"
        case expiredToken = "expired_token"
        case temporarilyUnavailable = "temporarily_unavailable"
        case serverError = "server_error"
    }

    package let code: Code
    /// One sentence for the developer of the client; it repeats nothing of the request.
    package let description: String
    /// How long to wait, in seconds, where waiting helps.
    package let retryAfter: Int?

    package init(_ code: Code, _ description: String, retryAfter: Int? = nil) {
        self.code = code
        self.description = description
        self.retryAfter = retryAfter
    }

    /// The status of an answer that is not a redirect.
    package var status: Int {
        switch code {
        case .invalidClient: 401
        case .temporarilyUnavailable: retryAfter == nil ? 503 : 429
        case .serverError: 500
        default: 400
        }
    }

    /// For what went wrong inside; the operator's log says more.
    static let unavailable = OAuthError(.temporarilyUnavailable, "The authorization server cannot answer now.")
    static let tooMany = OAuthError(.temporarilyUnavailable, "There were too many attempts; wait.", retryAfter: 60)
    static let unknownClient = OAuthError(.invalidClient, "The client is not known here; register again.")
}
