/// What a client asks the token endpoint for, before anybody looks whether it may have it.
package enum TokenRequest: Hashable, Sendable {
    case code(String, redirectURI: String?, verifier: String)
    case refresh(String, scope: String?)
    case clientCredentials(scope: String?)
    case device(String)

    /// The grant types in the words of the protocol.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case code = "authorization_code"
        case refresh = "refresh_token"
        case clientCredentials = "client_credentials"
        case device = "urn:ietf:params:oauth:grant-type:device_code"
    }

    /// Reads a request (RFC 6749 sections 4.1.3, 4.4.2 and 6, RFC 8628 section 3.4, RFC 8707 section 2.2).
    package init(_ form: FormParameters, settings: AuthorizationSettings) throws(OAuthError) {
        guard let word = form["grant_type"] else { throw OAuthError(.invalidRequest, "grant_type is missing.") }
        guard let kind = Kind(rawValue: word) else {
            throw OAuthError(.unsupportedGrantType, "The grant_type is not one of those in the server's metadata.")
        }
        guard settings.accepts(resource: form["resource"]) else {
            throw OAuthError(.invalidTarget, "This server issues tokens for its own resource only.")
        }
        func needed(_ name: String) throws(OAuthError) -> String {
            guard let value = form[name] else { throw OAuthError(.invalidRequest, "\(name) is missing.") }
            return value
        }
        switch kind {
        case .code:
            self = .code(
                try needed("code"),
                redirectURI: form["redirect_uri"],
                verifier: try needed("code_verifier")
            )
        case .refresh: self = .refresh(try needed("refresh_token"), scope: form["scope"])
        case .clientCredentials: self = .clientCredentials(scope: form["scope"])
        case .device: self = .device(try needed("device_code"))
        }
    }
}
