import JSON

/// A login as it lies in its file; times are in seconds since 1970.
package struct StoredLogin: Hashable, Sendable {
    package var url: String
    package var issuer: String
    package var resource: String
    package var client: String
    package var tokenEndpoint: String
    package var revocationEndpoint: String?
    package var scope: String
    package var accessToken: String
    package var expiresAt: Int64
    /// Nil when the server gave none: then the login ends with the access token.
    package var refreshToken: String?

    package init(
        url: String,
        place: LoginPlace,
        client: String,
        tokens: ClientTokens,
        at now: Int64
    ) {
        self.url = url
        issuer = place.issuer
        resource = place.resource
        self.client = client
        tokenEndpoint = place.tokenEndpoint
        revocationEndpoint = place.revocationEndpoint
        scope = tokens.scope ?? place.scopes.joined(separator: " ")
        accessToken = tokens.accessToken
        expiresAt = now + tokens.lifetime
        refreshToken = tokens.refreshToken
    }

    /// Takes over what a refresh gave.
    mutating func adopt(_ tokens: ClientTokens, at now: Int64) {
        scope = tokens.scope ?? scope
        accessToken = tokens.accessToken
        expiresAt = now + tokens.lifetime
        refreshToken = tokens.refreshToken ?? refreshToken
    }

    /// Reads a file's content; nil when it is none of ours.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), let url = value["url"]?.string,
            let issuer = value["issuer"]?.string, let resource = value["resource"]?.string,
            let client = value["client_id"]?.string, let tokenEndpoint = value["token_endpoint"]?.string,
            let accessToken = value["access_token"]?.string, let expiresAt = value["expires_at"]?.integer
        else { return nil }
        self.url = url
        self.issuer = issuer
        self.resource = resource
        self.client = client
        self.tokenEndpoint = tokenEndpoint
        revocationEndpoint = value["revocation_endpoint"]?.string
        scope = value["scope"]?.string ?? ""
        self.accessToken = accessToken
        self.expiresAt = Int64(expiresAt)
        refreshToken = value["refresh_token"]?.string
    }

    var bytes: [UInt8] {
        var members: [(String, JSONValue)] = [
            ("url", .string(url)), ("issuer", .string(issuer)), ("resource", .string(resource)),
            ("client_id", .string(client)), ("token_endpoint", .string(tokenEndpoint)),
            ("scope", .string(scope)), ("access_token", .string(accessToken)),
            ("expires_at", .integer(Int(expiresAt))),
        ]
        if let revocationEndpoint { members.append(("revocation_endpoint", .string(revocationEndpoint))) }
        if let refreshToken { members.append(("refresh_token", .string(refreshToken))) }
        return JSONValue.object(JSONObject(members: members.map { .init(name: $0.0, value: $0.1) })).serialized
    }
}
