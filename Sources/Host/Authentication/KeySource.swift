/// Where an issuer's keys come from.
package enum KeySource: Hashable, Sendable {
    /// A JWK set (RFC 7517) at this URL.
    case jwks(url: String)
    /// The `jwks_uri` of the issuer's metadata (OpenID Connect Discovery, RFC 8414) at this URL.
    case discovery(url: String)
    /// This JWK set, as JSON text. Nothing is fetched.
    case inline(jwks: [UInt8])
}
