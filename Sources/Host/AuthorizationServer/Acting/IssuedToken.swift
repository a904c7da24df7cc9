import JSON

/// A token that a provider gave for a source.
struct IssuedToken: Hashable, Sendable {
    let token: String
    /// In seconds since 1970; nil when nobody says.
    let expiresAt: Int64?

    static let exchange = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let types = "urn:ietf:params:oauth:token-type:"

    /// The token type of what is exchanged (RFC 8693 section 3).
    static func type(of token: LoginToken) -> String { types + (token == .access ? "access_token" : "id_token") }

    /// Reads the answer of a token endpoint, with a token of at most so many bytes.
    ///
    /// A signed token that says it is for somebody else is not taken, and one that was exchanged must say of what kind it
    /// is (RFC 8693 section 2.2.1).
    init(
        _ answer: JSONNode,
        aim: TokenAim,
        isExchanged: Bool,
        longest: Int,
        at now: Int64
    ) throws(UpstreamFault) {
        guard let token = answer["access_token"]?.string else { throw .unavailable("there is no access token") }
        guard BearerText.isSendable(token, atMost: longest) else { throw .unavailable("the token cannot be sent") }
        guard answer["token_type"]?.string?.lowercased() == "bearer" else {
            throw .unavailable("the token is none that is simply shown")
        }
        let kinds = ["access_token", "jwt"].map { Self.types + $0 }
        guard !isExchanged || answer["issued_token_type"]?.string.map(kinds.contains) == true else {
            throw .unavailable("what was given for the token is no access token")
        }
        let claims = UncheckedClaims.all(in: token)
        if let audience = aim.audience, let said = claims?["aud"] {
            let names = said.string.map { [$0] } ?? said.elements.compactMap(\.string)
            guard names.contains(audience) else { throw .unavailable("the token is for somebody else") }
        }
        self.token = token
        let life = answer["expires_in"]?.integer ?? answer["expires_in"]?.string.flatMap(Int.init)
        let ends = [
            life.flatMap { (1...Self.longestLife).contains($0) ? now + Int64($0) : nil },
            UncheckedClaims.expiry(of: token),
        ]
        expiresAt = ends.compactMap(\.self).min()
        if let expiresAt, expiresAt <= now { throw .unavailable("the token is over already") }
    }

    /// What says to live longer is not believed; in seconds.
    private static let longestLife = 366 * 86_400
}

/// The form of what is sent behind `Bearer`.
enum BearerText {
    /// Whether a token is visible ASCII without what would end a header field or a credential (RFC 6750 section 2.1 allows
    /// less, and services are not strict).
    static func isSendable(_ token: String, atMost longest: Int) -> Bool {
        let bytes = token.utf8
        return (1...longest).contains(bytes.count)
            && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") }
    }
}
