/// The tokens that came with a login, as they are kept for sources; times are in seconds since 1970.
struct LoginTokens: Hashable, Sendable, Codable {
    struct Token: Hashable, Sendable, Codable {
        let text: String
        /// Nil when nobody says.
        let expiresAt: Int64?
        let gotAt: Int64

        /// Whether it holds with some time to spare: a fifth of its life, and no more than a minute.
        func holds(at now: Int64) -> Bool {
            let end = expiresAt ?? gotAt + Self.unknownLife
            return now < end - min(60, max(0, end - gotAt) / 5)
        }

        /// How long one counts of which nobody says, in seconds.
        static let unknownLife: Int64 = 300
    }

    private(set) var access: Token?
    private(set) var id: Token?

    /// What a provider gave; tokens that cannot be sent are left out.
    init(_ tokens: UpstreamProviders.Tokens, _ limits: AuthorizationLimits, at now: Int64) {
        func token(_ text: String?, _ life: Int64?) -> Token? {
            guard let text, BearerText.isSendable(text, atMost: limits.sourceTokenBytes) else { return nil }
            let said = life.flatMap { (1...Self.longestLife).contains($0) ? now + $0 : nil }
            let ends = [said, UncheckedClaims.expiry(of: text)].compactMap(\.self)
            return Token(text: text, expiresAt: ends.min(), gotAt: now)
        }
        access = token(tokens.accessToken, tokens.expiresIn)
        id = token(tokens.idToken, nil)
    }

    /// The token of a kind.
    func token(_ kind: LoginToken) -> Token? { kind == .access ? access : id }

    /// These over earlier ones: a provider need not give an ID token again (OpenID Connect Core section 12.2).
    func over(_ earlier: LoginTokens?) -> LoginTokens {
        var tokens = self
        tokens.access = access ?? earlier?.access
        tokens.id = id ?? earlier?.id
        return tokens
    }

    private static let longestLife: Int64 = 366 * 86_400
}
