package import JSON

/// What an issuer's own description of itself tells about whether people can log in there and tokens can be checked
/// (OpenID Connect Discovery section 3).
package struct ProviderCheck: Sendable {
    /// How the gateway wants to use the issuer.
    package struct Wishes: Hashable, Sendable {
        /// The `iss` strings of the configuration.
        package var issuers: [String]
        /// What a login asks for; nil where nobody logs in.
        package var scopes: [String]?
        package var asksUserinfo: Bool
        /// Whether the issuer is asked about tokens (RFC 7662) at the address it names itself.
        package var introspects: Bool

        package init(issuers: [String], scopes: [String]?, asksUserinfo: Bool = false, introspects: Bool = false) {
            self.issuers = issuers
            self.scopes = scopes
            self.asksUserinfo = asksUserinfo
            self.introspects = introspects
        }
    }

    package let subject: String
    package let wishes: Wishes

    package init(_ subject: String, _ wishes: Wishes) {
        self.subject = subject
        self.wishes = wishes
    }

    /// Where the document says the keys are; nil when it does not.
    package static func keySetURL(_ document: JSONValue) -> String? { document["jwks_uri"]?.string }

    /// Everything that is wrong with a document, or will be.
    package func findings(_ document: JSONValue) -> [Finding] {
        guard document.object != nil else {
            return [
                broken("the answer is no JSON object", "Check `discovery`: it must lead to the OpenID configuration.")
            ]
        }
        return issuer(document) + endpoints(document) + (wishes.scopes.map { login(document, $0) } ?? [])
    }

    private func issuer(_ document: JSONValue) -> [Finding] {
        guard let issuer = document["issuer"]?.string else {
            return [broken("the document names no issuer", "Check `discovery`.")]
        }
        guard !wishes.issuers.contains(issuer) else { return [] }
        return [
            broken(
                "the document is of \(Self.shown(issuer)), which is not among the issuers of the configuration",
                "Write it letter by letter under `issuer`, if that is who you mean; a slash at the end counts."
            )
        ]
    }

    private func endpoints(_ document: JSONValue) -> [Finding] {
        var needed = ["jwks_uri"]
        if wishes.scopes != nil { needed += ["authorization_endpoint", "token_endpoint"] }
        if wishes.asksUserinfo { needed.append("userinfo_endpoint") }
        if wishes.introspects { needed.append("introspection_endpoint") }
        return needed.filter { document[$0]?.string == nil }.map { name in
            broken("the document has no `\(name)`", Self.remedies[name] ?? "Ask those who run the issuer.")
        }
    }

    private static let remedies = [
        "jwks_uri": "Give `jwks_url`.", "userinfo_endpoint": "Set `login.userinfo` to false, and get groups otherwise.",
        "introspection_endpoint": "Give `introspection.url`.",
    ]

    private func login(_ document: JSONValue, _ scopes: [String]) -> [Finding] {
        var findings: [Finding] = []
        let methods = document["code_challenge_methods_supported"]?.array?.compactMap(\.string)
        if let methods, !methods.contains("S256") {
            findings.append(warning("it does not offer PKCE with S256", "Ask those who run the issuer for it."))
        }
        if let types = document["response_types_supported"]?.array?.compactMap(\.string), !types.contains("code") {
            findings.append(broken("it does not offer the code flow", "Have the client registered for it there."))
        }
        if let offered = document["scopes_supported"]?.array?.compactMap(\.string) {
            for scope in scopes where !offered.contains(scope) {
                findings.append(
                    warning(
                        "it does not list the scope `\(scope)` among those it has",
                        "Check `login.scopes`; some issuers have scopes that they do not list."
                    )
                )
            }
        }
        return findings
    }

    private func broken(_ text: String, _ remedy: String) -> Finding { Finding(subject, .broken, text, remedy: remedy) }

    private func warning(_ text: String, _ remedy: String) -> Finding {
        Finding(subject, .warning, text, remedy: remedy)
    }

    /// What somebody else wrote, cut and without what a terminal would obey.
    package static func shown(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(200).map { scalar -> Character in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "?" : Character(scalar)
        }
        return "“\(String(scalars))”"
    }
}
