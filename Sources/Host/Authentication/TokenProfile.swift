/// What an issuer's access tokens look like: the `typ` of the header and the `typ` claim.
package enum TokenProfile: String, Hashable, Sendable, CaseIterable {
    /// RFC 9068: the header says `at+jwt`.
    case rfc9068
    /// The WLCG common JWT profiles; the header says `JWT`, `at+jwt` or nothing.
    case wlcg
    /// Keycloak: the header says `JWT`, the claim `typ` says `Bearer`.
    case keycloak
    /// Auth0, in either dialect.
    case auth0
    /// An issuer that marks its access tokens in no way.
    case legacy
    /// Tokens that only their issuer can read: it is asked about each (RFC 7662).
    case opaque
    /// Gafaelfawr's: like `opaque`, with a question of its own (`token-info`).
    case gafaelfawr

    /// Whether the issuer is asked about each token.
    package var isAsked: Bool { self == .opaque || self == .gafaelfawr }

    /// Whether the header of an access token may say so (RFC 7515 section 4.1.9).
    func allows(headerType: String?) -> Bool {
        guard !isAsked else { return true }
        guard let type = headerType?.lowercased() else { return self == .wlcg || self == .legacy }
        switch type {
        case "at+jwt", "application/at+jwt": return self != .keycloak
        case "jwt": return self != .rfc9068
        default: return false
        }
    }

    /// Whether the `typ` claim of an access token may say so.
    func allows(claimType: String?) -> Bool {
        switch (self, claimType?.lowercased()) {
        case (.keycloak, let type): type == "bearer"
        case (_, nil), (_, "bearer"), (_, "at+jwt"), (_, "jwt"), (_, "access_token"): true
        default: false
        }
    }
}
