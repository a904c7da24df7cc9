import JSON

/// Somebody's way from a client's request to the answer, kept while the browser is elsewhere.
struct PendingLogin: Hashable, Sendable, Codable {
    /// Who waits for the end of it.
    enum Purpose: Hashable, Sendable, Codable {
        case client(AuthorizationRequest)
        /// A device, by the digest of its code.
        case device(digest: String, client: String, scopes: [String])
        /// A page of ours, by its path below the public URL: nothing is given to any client.
        case page(String)
        /// Somebody signs in here to see what is theirs, and may wish for more then.
        case account(LinkWish?)
        /// Somebody who is logged in shows that another login is theirs too: in the session of that digest alone.
        case link(LinkWish, session: String)
    }

    /// How far it has come; a step is only taken from the one before.
    enum Stage: Hashable, Sendable, Codable {
        case consent
        case choice
        /// Asked for a password here.
        case password(provider: String)
        /// Away at a provider, with the nonce and the proof key of that login.
        case login(provider: String, nonce: String, verifier: String)
        /// Back from there, and asked whether it is meant.
        case proven(ProvenLogin)
    }

    let purpose: Purpose
    var stage: Stage
    /// The digest of the cookie that the next step must come with.
    var browser: String
    /// Whether an earlier login will not do.
    var needsLogin: Bool
    /// How old a login may be at most, in seconds; nil for any age.
    var maximumAge: Int64?

    /// The client that waits; nil when somebody came for themselves.
    var client: String? {
        switch purpose {
        case .client(let request): request.client
        case .device(_, let client, _): client
        case .page, .account, .link: nil
        }
    }

    var scopes: [String] {
        switch purpose {
        case .client(let request): request.scopes
        case .device(_, _, let scopes): scopes
        case .page, .account, .link: []
        }
    }
}

/// Somebody's wish to link a login at a provider to who they are here.
struct LinkWish: Hashable, Sendable, Codable {
    let provider: String
    let person: String
}

/// What a provider said of somebody who came back from there.
struct ProvenLogin: Hashable, Sendable, Codable {
    let provider: String
    let issuer: String
    let subject: String
    let username: String?
    let groups: [String]
    /// When they logged in there; nil where the provider does not say.
    let authenticatedAt: Int64?
    let upstreamRefreshToken: String?
    /// Kept where a source is asked with them.
    let tokens: LoginTokens?
}

/// Somebody who is logged in, in one browser.
struct BrowserSession: Hashable, Sendable, Codable {
    let person: String
    let provider: String
    let issuer: String
    let subject: String
    let username: String?
    let groups: [String]
    /// When the person logged in there; nil where it does not say, which no rule takes for recent.
    let authenticatedAt: Int64?
    /// When the person came back from there, in seconds since 1970.
    let begunAt: Int64
}
