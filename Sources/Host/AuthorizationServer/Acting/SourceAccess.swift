/// How one source is asked for its callers.
package struct SourceAccess: Hashable, Sendable {
    /// The source, as the configuration calls it.
    package let source: String
    /// The scheme, host and port to which its credentials go.
    package let origin: String
    /// The header field for the credential, and the word before it; empty for none.
    package let header: String
    package let scheme: String
    /// The namespaces of the plugins that ask it.
    package let namespaces: [String]
    /// What is tried, in this order.
    package let ways: [SourceWay]

    package init(
        source: String,
        origin: String,
        header: String = "Authorization",
        scheme: String = "Bearer",
        namespaces: [String],
        ways: [SourceWay]
    ) {
        self.source = source
        self.origin = origin
        self.header = header
        self.scheme = scheme
        self.namespaces = namespaces
        self.ways = ways
    }

    /// Whether what a provider gave at a login is used.
    func uses(loginsOf provider: String) -> Bool { ways.contains { $0.provider == provider } }

    /// The token that callers give, if they do.
    package var given: GivenTokenRule? {
        for case .given(let rule) in ways { return rule }
        return nil
    }
}

/// One way to a credential for a source.
package enum SourceWay: Hashable, Sendable {
    /// What came with the caller's login at a provider.
    case login(provider: String, LoginToken)
    /// What that provider gives for it, for this source alone (RFC 8693).
    case exchange(provider: String, LoginToken, TokenAim)
    /// What a provider gives to the gateway itself (RFC 6749 section 4.4).
    case client(LoginProvider, TokenAim, mayWrite: Bool)
    /// What the caller gave on a page of ours.
    case given(GivenTokenRule)

    /// The provider at which the caller must have logged in.
    var provider: String? {
        switch self {
        case .login(let provider, _), .exchange(let provider, _, _): provider
        case .client, .given: nil
        }
    }

    /// Its name in the audit trail, as in the configuration.
    var name: String {
        switch self {
        case .login: "login_token"
        case .exchange: "token_exchange"
        case .client: "client_credentials"
        case .given: "user_token"
        }
    }
}

/// Which of the tokens of a login.
package enum LoginToken: String, Hashable, Sendable {
    case access, id
}

/// What a token shall be for, and no more.
package struct TokenAim: Hashable, Sendable {
    package let audience: String?
    /// RFC 8707.
    package let resource: String?
    package let scopes: [String]

    package init(audience: String?, resource: String? = nil, scopes: [String] = []) {
        self.audience = audience
        self.resource = resource
        self.scopes = scopes
    }

    var parameters: [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        if let audience { parameters.append((name: "audience", value: audience)) }
        if let resource { parameters.append((name: "resource", value: resource)) }
        if !scopes.isEmpty { parameters.append((name: "scope", value: scopes.joined(separator: " "))) }
        return parameters
    }
}

/// What the site says of tokens that callers give for a source.
package struct GivenTokenRule: Hashable, Sendable {
    /// What the service is called for people.
    package let label: String
    /// What its tokens begin with; empty for anything.
    package let prefix: String
    /// How long one is kept at most, in seconds.
    package let lifetime: Int64
    /// Where a person gets one.
    package let help: String?

    package init(label: String, prefix: String = "", lifetime: Int64 = 30 * 86_400, help: String? = nil) {
        self.label = label
        self.prefix = prefix
        self.lifetime = lifetime
        self.help = help
    }
}
