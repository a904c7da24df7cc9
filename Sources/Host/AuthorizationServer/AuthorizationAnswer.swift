/// Writes what a client hears at its redirect URI; the issuer is in every answer (RFC 9207).
package enum AuthorizationAnswer {
    /// The URL with a code.
    package static func success(_ request: AuthorizationRequest, code: String, issuer: String) -> String {
        url(request.redirectURI, request.state, [("code", code)], issuer)
    }

    /// The URL with a refusal.
    package static func failure(
        _ redirectURI: String,
        state: String?,
        _ error: OAuthError,
        issuer: String
    ) -> String {
        let fields = [("error", error.code.rawValue), ("error_description", error.description)]
        return url(redirectURI, state, fields, issuer)
    }

    private static func url(
        _ redirectURI: String,
        _ state: String?,
        _ fields: [(String, String)],
        _ issuer: String
    ) -> String {
        let parameters = fields + (state.map { [("state", $0)] } ?? []) + [("iss", issuer)]
        return RedirectURI.adding(parameters.map { (name: $0.0, value: $0.1) }, to: redirectURI)
    }
}
