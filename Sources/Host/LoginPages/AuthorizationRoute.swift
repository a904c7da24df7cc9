import AuthorizationServer

/// What a path of the authorization server leads to.
enum AuthorizationRoute: Hashable, Sendable {
    case metadata
    case keySet
    case authorize, token, register, revoke, deviceAuthorization
    case device, consent, choice, password
    case callback(String)
    /// The page of one call, by its name.
    case call(String)
    /// The page at the public URL.
    case home
    case account
    /// The page on which a token for a source is given, by the source's name.
    case giveToken(String)
    case act(AuthorizationServer.AccountAct)
    case style

    /// The route of a path; nil for one that is somebody else's.
    ///
    /// The prefix of the public URL may be there or not, as some proxies take it off; a slash at the end makes no
    /// difference. Metadata lie where RFC 8414 and OpenID Connect Discovery look for them.
    init?(_ path: String, prefix: String) {
        var path = path[...]
        if path.hasSuffix("/") { path = path.dropLast() }
        if path.isEmpty || path == prefix {
            self = .home
            return
        }
        for name in ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
        where path == name || path == name + prefix || path == prefix + name {
            self = .metadata
            return
        }
        if !prefix.isEmpty, path.hasPrefix(prefix + "/") { path = path.dropFirst(prefix.count) }
        if let route = Self.fixed[String(path)] {
            self = route
            return
        }
        if let act = AuthorizationServer.AccountAct.allCases.first(where: { "/account/" + $0.rawValue == path }) {
            self = .act(act)
            return
        }
        if path.hasPrefix(BrowserStep.tokenPath) {
            self = .giveToken(String(path.dropFirst(BrowserStep.tokenPath.count)))
            return
        }
        let callback = "/login/callback/"
        if path.hasPrefix(callback) {
            self = .callback(String(path.dropFirst(callback.count)))
        } else if path.hasPrefix(CallConsents.path) {
            self = .call(String(path.dropFirst(CallConsents.path.count)))
        } else {
            return nil
        }
    }

    private static let fixed: [String: AuthorizationRoute] = [
        "/jwks.json": .keySet, "/authorize": .authorize, "/token": .token, "/register": .register, "/revoke": .revoke,
        "/device_authorization": .deviceAuthorization, "/device": .device, "/login/consent": .consent,
        "/login/choice": .choice, "/login/password": .password, "/account": .account, StyleSheet.path: .style,
    ]

    /// The methods that are served, besides `OPTIONS` where pages of other sites may ask.
    var methods: [String] {
        switch self {
        case .metadata, .keySet, .style, .authorize, .callback, .account, .giveToken, .home: ["GET", "HEAD"]
        case .token, .register, .revoke, .deviceAuthorization, .consent, .choice, .password, .act: ["POST"]
        case .device, .call: ["GET", "HEAD", "POST"]
        }
    }

    /// Whether programs in pages of any site may ask: nothing here goes by cookies.
    var isOpen: Bool {
        switch self {
        case .metadata, .keySet, .token, .register, .revoke, .deviceAuthorization: true
        default: false
        }
    }

    /// The media type that a body must have.
    var bodyType: String {
        self == .register ? "application/json" : "application/x-www-form-urlencoded"
    }
}
