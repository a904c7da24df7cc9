import JSON

/// What a token endpoint gave (RFC 6749 section 5.1).
package struct ClientTokens: Hashable, Sendable {
    package let accessToken: String
    /// In seconds; short when the server did not say.
    package let lifetime: Int64
    package let refreshToken: String?
    package let scope: String?

    init?(_ value: JSONValue) {
        guard let token = value["access_token"]?.string, !token.isEmpty,
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            value["token_type"]?.string?.lowercased() == "bearer"
        else { return nil }
        accessToken = token
        lifetime = Int64(value["expires_in"]?.integer ?? 60)
        refreshToken = value["refresh_token"]?.string
        scope = value["scope"]?.string
    }
}
