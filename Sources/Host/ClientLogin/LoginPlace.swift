/// Where people log in for a gateway: what its own documents and those of its authorization server say (RFC 9728,
/// RFC 8414).
package struct LoginPlace: Hashable, Sendable {
    /// What tokens are asked for.
    package var resource: String
    package var issuer: String
    package var authorizationEndpoint: String?
    package var tokenEndpoint: String
    package var registrationEndpoint: String?
    package var deviceEndpoint: String?
    package var revocationEndpoint: String?
    /// Whether the answer of the browser names its issuer (RFC 9207).
    package var sendsIssuer: Bool
    /// What a client asks for that wants nothing in particular.
    package var scopes: [String]
}
