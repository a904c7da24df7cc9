/// A request of a client to act for a person, checked as far as that is possible without the person.
package struct AuthorizationRequest: Hashable, Sendable, Codable {
    package let client: String
    package let redirectURI: String
    package let state: String?
    /// The PKCE challenge, of method S256.
    package let challenge: String
    package let scopes: [String]
    /// Whether an earlier login will not do (OpenID Connect Core, `prompt=login`).
    package let needsLogin: Bool
    /// How old a login may be at most, in seconds (OpenID Connect Core, `max_age`; RFC 9470 section 4).
    package let maximumAge: Int64?
    /// Whether an earlier consent will not do.
    package let needsConsent: Bool

    /// Why there is no request.
    package enum Refusal: Error, Hashable, Sendable {
        /// Nothing is proven about where the browser came from: the person reads it here, and no link leads away.
        case page(String)
        /// Who asks cannot be looked up at the moment.
        case unavailable
        /// The client hears it at its redirect URI (RFC 6749 section 4.1.2.1).
        case redirect(to: String, state: String?, OAuthError)
    }

    /// Finds where answers go: a redirect URI that the client has, exactly.
    package static func redirectURI(
        _ parameters: FormParameters,
        of client: Client
    ) throws(Refusal) -> String {
        guard let asked = parameters["redirect_uri"] else {
            throw .page("The application did not say where to return to.")
        }
        guard client.redirectURIs.contains(where: { RedirectURI.matches(asked, registered: $0) }) else {
            throw .page("The application asks to return to an address that it has not registered.")
        }
        return asked
    }

    /// Checks the rest of a request whose client and redirect URI are known.
    package init(
        _ parameters: FormParameters,
        client: Client,
        redirectURI: String,
        settings: AuthorizationSettings
    ) throws(Refusal) {
        let state = parameters["state"]
        func refuse(_ code: OAuthError.Code, _ description: String) -> Refusal {
            .redirect(to: redirectURI, state: state, OAuthError(code, description))
        }
        guard state.map({ $0.utf8.count <= 4096 }) ?? true else {
            throw .redirect(to: redirectURI, state: nil, OAuthError(.invalidRequest, "The state is too long."))
        }
        guard parameters["request"] == nil else {
            throw refuse(.requestNotSupported, "Request objects are not supported.")
        }
        guard parameters["request_uri"] == nil else {
            throw refuse(.requestURINotSupported, "Request URIs are not supported.")
        }
        guard let type = parameters["response_type"] else {
            throw refuse(.invalidRequest, "response_type is missing.")
        }
        guard type == "code" else { throw refuse(.unsupportedResponseType, "The only response_type is code.") }
        guard parameters["response_mode"].map({ $0 == "query" }) ?? true else {
            throw refuse(.invalidRequest, "The only response_mode is query.")
        }
        guard let challenge = parameters["code_challenge"] else {
            throw refuse(.invalidRequest, "code_challenge is missing: PKCE is needed.")
        }
        guard parameters["code_challenge_method"] == "S256" else {
            throw refuse(.invalidRequest, "The only code_challenge_method is S256.")
        }
        guard PKCE.isChallenge(challenge) else {
            throw refuse(.invalidRequest, "code_challenge is not the digest of a verifier.")
        }
        guard settings.accepts(resource: parameters["resource"]) else {
            throw refuse(.invalidTarget, "This server issues tokens for its own resource only.")
        }
        let prompts = Set((parameters["prompt"] ?? "").split(separator: " "))
        guard !prompts.contains("none") else {
            throw refuse(.loginRequired, "A person has to agree; prompt=none is not possible.")
        }
        self.client = client.id
        self.redirectURI = redirectURI
        self.state = state
        self.challenge = challenge
        scopes = settings.scopes.requested(parameters["scope"])
        needsLogin = prompts.contains("login") || prompts.contains("select_account")
        maximumAge = try parameters["max_age"].map { text throws(Refusal) in
            guard text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let age = Int64(text)
            else { throw refuse(.invalidRequest, "max_age is a number of seconds.") }
            return age
        }
        needsConsent = prompts.contains("consent")
    }
}

extension AuthorizationSettings {
    /// Whether a resource that a client names is the one there is, or a path of the gateway below it (RFC 8707).
    ///
    /// Some clients name the address they were given, which may be that of one experiment; the token is for the whole.
    func accepts(resource: String?) -> Bool {
        guard let resource else { return true }
        return resource == self.resource || resource == self.resource + "/"
            || resource.hasPrefix(self.resource + "/")
                && WebURI(resource).map { !$0.hasFragment && $0.query == nil && !$0.hasDotSegment } == true
    }
}
