package import GatewayCore
import JSON
import Sealing

/// Speaks to the providers at which people log in (OpenID Connect Core section 3.1).
///
/// Where a provider is comes from the site's configuration, so the fetch given here may go to private addresses.
package actor UpstreamProviders {
    /// How long a provider's description is kept, in seconds.
    private static let lifetime: Int64 = 3600

    private struct Entry {
        let metadata: ProviderMetadata
        let until: Int64
    }

    private let fetch: any HTTPFetch
    private let clock: any WallClock
    private var entries: [String: Entry] = [:]

    package init(fetch: any HTTPFetch, clock: any WallClock) {
        self.fetch = fetch
        self.clock = clock
    }

    /// What a provider's token endpoint answered.
    struct Tokens: Hashable, Sendable {
        let idToken: String?
        let accessToken: String?
        let refreshToken: String?
        /// How long the access token holds, in seconds; nil when the provider does not say.
        let expiresIn: Int64?
    }

    /// The URL of a provider's login page.
    func loginURL(
        of provider: LoginProvider,
        callback: String,
        state: String,
        nonce: String,
        verifier: String,
        forces: Bool,
        maximumAge: Int64? = nil,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> String {
        let metadata = try await metadata(of: provider, limits)
        var parameters = [
            (name: "response_type", value: "code"), (name: "client_id", value: provider.clientID),
            (name: "redirect_uri", value: callback),
            (name: "scope", value: provider.scopes.joined(separator: " ")), (name: "state", value: state),
            (name: "nonce", value: nonce), (name: "code_challenge", value: PKCE.challenge(of: verifier)),
            (name: "code_challenge_method", value: "S256"),
        ]
        if forces { parameters.append((name: "prompt", value: "login")) }
        // With it the provider must say when the login was (OpenID Connect Core section 3.1.2.1).
        if let maximumAge { parameters.append((name: "max_age", value: String(maximumAge))) }
        return RedirectURI.adding(parameters, to: metadata.authorizationEndpoint)
    }

    /// Whether an answer may come from a provider, by the `iss` in it (RFC 9207 section 2.4).
    func accepts(issuer: String?, from provider: LoginProvider, _ limits: AuthorizationLimits) async -> Bool {
        guard let issuer else {
            return (try? await metadata(of: provider, limits))?.sendsIssuer == false
        }
        return provider.issuers.contains { $0.utf8.elementsEqual(issuer.utf8) }
    }

    /// Redeems a code.
    func tokens(
        for code: String,
        callback: String,
        verifier: String,
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> Tokens {
        try await tokens(
            [
                (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
                (name: "redirect_uri", value: callback), (name: "code_verifier", value: verifier),
            ],
            at: provider,
            limits
        )
    }

    /// Refreshes an earlier login.
    func tokens(
        refreshing token: String,
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> Tokens {
        try await tokens(
            [(name: "grant_type", value: "refresh_token"), (name: "refresh_token", value: token)],
            at: provider,
            limits
        )
    }

    /// What the userinfo endpoint says, when the provider is asked and has one.
    func userinfo(
        _ accessToken: String?,
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> [UInt8]? {
        guard provider.asksUserinfo, let accessToken,
            let url = try await metadata(of: provider, limits).userinfoEndpoint
        else { return nil }
        let response = try await send(
            FetchRequest(
                url: url,
                headers: [
                    HTTPField("Accept", "application/json"), HTTPField("Authorization", "Bearer \(accessToken)"),
                ],
                maximumBytes: limits.providerBytes,
                deadline: .after(.seconds(limits.providerTimeout))
            )
        )
        guard response.status == 200 else { throw .unavailable("userinfo answers with \(response.status)") }
        return response.body
    }

    /// Has the provider give a token for a source in the place of one of a login (RFC 8693 section 2.1).
    func exchanged(
        _ token: String,
        _ kind: LoginToken,
        for aim: TokenAim,
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> IssuedToken {
        let parameters = [
            (name: "grant_type", value: IssuedToken.exchange), (name: "subject_token", value: token),
            (name: "subject_token_type", value: IssuedToken.type(of: kind)),
            (name: "requested_token_type", value: IssuedToken.type(of: .access)),
        ]
        let answer = try await ask(parameters + aim.parameters, at: provider, limits)
        return try IssuedToken(
            answer,
            aim: aim,
            isExchanged: true,
            longest: limits.sourceTokenBytes,
            at: clock.now
        )
    }

    /// Has the provider give a token to the gateway itself (RFC 6749 section 4.4).
    func ownToken(
        for aim: TokenAim,
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> IssuedToken {
        let grant = (name: "grant_type", value: "client_credentials")
        let answer = try await ask([grant] + aim.parameters, at: provider, limits)
        return try IssuedToken(
            answer,
            aim: aim,
            isExchanged: false,
            longest: limits.sourceTokenBytes,
            at: clock.now
        )
    }

    private func tokens(
        _ parameters: [(name: String, value: String)],
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> Tokens {
        let answer = try await ask(parameters, at: provider, limits)
        return Tokens(
            idToken: answer["id_token"]?.string,
            accessToken: answer["access_token"]?.string,
            refreshToken: answer["refresh_token"]?.string,
            expiresIn: answer["expires_in"]?.integer.map(Int64.init)
        )
    }

    /// Asks the token endpoint of a provider, as the client that the gateway is there.
    private func ask(
        _ parameters: [(name: String, value: String)],
        at provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> JSONNode {
        let metadata = try await metadata(of: provider, limits)
        var (parameters, headers) = (parameters, [HTTPField("Accept", "application/json")])
        headers.append(HTTPField("Content-Type", "application/x-www-form-urlencoded"))
        if let secret = provider.clientSecret, !metadata.wantsSecretInBody {
            let pair = FormParameters.encode(provider.clientID) + ":" + FormParameters.encode(secret)
            headers.append(HTTPField("Authorization", "Basic \(Base64Text.encode(Array(pair.utf8)))"))
        } else {
            parameters.append((name: "client_id", value: provider.clientID))
            if let secret = provider.clientSecret { parameters.append((name: "client_secret", value: secret)) }
        }
        let response = try await send(
            FetchRequest(
                method: "POST",
                url: metadata.tokenEndpoint,
                headers: headers,
                body: Array(FormParameters.encode(parameters).utf8),
                maximumBytes: limits.providerBytes,
                deadline: .after(.seconds(limits.providerTimeout))
            )
        )
        guard
            let document = try? JSONDocument(
                parsing: response.body,
                limits: JSONLimits(depth: 32, bytes: response.body.count)
            )
        else { throw .unavailable("the token endpoint answers with \(response.status) and no JSON") }
        guard response.status == 200 else {
            let word = document.root["error"]?.string.flatMap(OAuthError.Code.init(rawValue:))
            guard let word, response.status < 500 else {
                throw .unavailable("the token endpoint answers with \(response.status)")
            }
            throw .rejected(word.rawValue)
        }
        return document.root
    }

    private func metadata(
        of provider: LoginProvider,
        _ limits: AuthorizationLimits
    ) async throws(UpstreamFault) -> ProviderMetadata {
        if let entry = entries[provider.discoveryURL], clock.now < entry.until { return entry.metadata }
        let response = try await send(
            FetchRequest(
                url: provider.discoveryURL,
                headers: [HTTPField("Accept", "application/json")],
                maximumBytes: limits.providerBytes,
                deadline: .after(.seconds(limits.providerTimeout))
            )
        )
        guard let metadata = ProviderMetadata(response.body, issuers: provider.issuers) else {
            throw .unavailable("its discovery document is not that of its issuer")
        }
        entries[provider.discoveryURL] = Entry(metadata: metadata, until: clock.now + Self.lifetime)
        return metadata
    }

    private func send(_ request: FetchRequest) async throws(UpstreamFault) -> FetchResponse {
        do throws(FetchError) {
            return try await fetch.fetch(request)
        } catch {
            throw .unavailable("\(error)")
        }
    }
}
