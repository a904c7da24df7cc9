import JSON

/// What a provider says of itself, as far as a login needs it (OpenID Connect Discovery section 3).
package struct ProviderMetadata: Hashable, Sendable {
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let userinfoEndpoint: String?
    /// Whether its answers name their issuer (RFC 9207).
    package let sendsIssuer: Bool
    /// Whether the client's secret goes into the body: only where the provider does not take the usual way.
    package let wantsSecretInBody: Bool

    /// Reads a document that must be one of the provider's issuers' own.
    ///
    /// Nil for anything else; the status of the answer proves nothing, as pages come with 200 too.
    package init?(_ bytes: [UInt8], issuers: [String]) {
        guard let document = try? JSONDocument(parsing: bytes, limits: JSONLimits(depth: 32, bytes: bytes.count)) else {
            return nil
        }
        let root = document.root
        guard let issuer = root["issuer"]?.string,
            issuers.contains(where: { $0.utf8.elementsEqual(issuer.utf8) }),
            let authorization = root["authorization_endpoint"]?.string, Self.isURL(authorization),
            let token = root["token_endpoint"]?.string, Self.isURL(token)
        else { return nil }
        authorizationEndpoint = authorization
        tokenEndpoint = token
        userinfoEndpoint = root["userinfo_endpoint"]?.string.flatMap { Self.isURL($0) ? $0 : nil }
        sendsIssuer = root["authorization_response_iss_parameter_supported"]?.bool ?? false
        let methods = root["token_endpoint_auth_methods_supported"].map { $0.elements.compactMap(\.string) }
        wantsSecretInBody = methods.map { !$0.contains("client_secret_basic") } ?? false
    }

    private static func isURL(_ text: String) -> Bool {
        guard let uri = WebURI(text), uri.host?.isEmpty == false, !uri.hasUserInformation, !uri.hasFragment else {
            return false
        }
        return uri.scheme == "https" || uri.scheme == "http"
    }
}
