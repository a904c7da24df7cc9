import GatewayConfiguration
import Testing

@Suite("How sources are asked for callers, in the configuration")
struct CredentialTests {
    private static let issuers = """
        issuers:
          iam: {issuer: https://iam.example, discovery: https://iam.example/d, login: {client_id: c, client_secret: {env: S}}}
          api: {issuer: https://api.example, discovery: https://api.example/d}
          bare: {issuer: https://bare.example, jwks_url: https://bare.example/k}
          plain: {issuer: http://plain.example, discovery: http://plain.example/d}

        """

    private func text(_ credentials: String, _ further: String = "", base: String = "https://panda.example") -> String {
        Self.issuers + """
            sources:
              panda: {kind: http, base_url: \(base)\(further), credentials: [\(credentials)]}
            """
    }

    @Test func `every way is read in its order`() throws {
        let configuration = try Files().parse(
            text(
                """
                {kind: login_token, issuer: iam, token: id}, \
                {kind: token_exchange, issuer: iam, audience: rucio, resource: "https://r", scopes: [a, b]}, \
                {kind: client_credentials, issuer: api, client_id: x, client_secret: {env: X}, audience: z, writes: true}, \
                {kind: user_token, label: Portal, prefix: gt-, lifetime: 2d, help: Ask.}
                """,
                ", credential_header: X-Token, credential_scheme: none"
            )
        )
        guard case .http(let settings) = configuration.sources.first?.kind else {
            Issue.record("there is no source")
            return
        }
        #expect(settings.credentialHeader == "X-Token" && settings.credentialScheme == "none")
        let ways = settings.credentials
        #expect(ways.map(\.kind) == [.loginToken, .tokenExchange, .clientCredentials, .userToken])
        #expect(ways[0].issuer == "iam" && ways[0].token == .id && !ways[0].mayWrite)
        #expect(ways[1].audience == "rucio" && ways[1].resource == "https://r" && ways[1].scopes == ["a", "b"])
        #expect(ways[2].clientID == "x" && ways[2].clientSecret == .environment("X") && ways[2].mayWrite)
        #expect(ways[3].label == "Portal" && ways[3].prefix == "gt-" && ways[3].lifetime == .seconds(172_800))
    }

    @Test(arguments: [
        ("{issuer: iam}", "kind"),
        ("{kind: login}", "login_token"),
        ("{kind: login_token}", "`issuer` is missing"),
        ("{kind: login_token, issuer: iamm}", "did you mean `iam`?"),
        ("{kind: login_token, issuer: api}", "the issuer needs `login`"),
        ("{kind: login_token, issuer: bare}", "needs `discovery`"),
        ("{kind: client_credentials, issuer: plain, client_id: c, client_secret: {env: S}}", "over https"),
        ("{kind: token_exchange, issuer: iam}", "give `audience` or `resource`"),
        ("{kind: token_exchange, issuer: iam, audience: a, client_id: c}", "the client of `login` is used"),
        ("{kind: client_credentials, issuer: api}", "give `client_id`"),
        ("{kind: client_credentials, issuer: api, client_id: c}", "give `client_secret`"),
        ("{kind: user_token}", "`label` is missing"),
        ("{kind: user_token, label: a, issuer: iam}", "has none here"),
        ("{kind: user_token, label: a}, {kind: user_token, label: b}", "one token for a source"),
        ("{kind: user_token, label: a, lifetime: 59s}", "lifetime"),
        ("{kind: user_token, label: a, lifetime: 367d}", "lifetime"),
    ])
    func `what cannot work is said`(_ credentials: String, _ message: String) {
        let faults = Files().faults(text(credentials))
        #expect(faults.contains { $0.contains(message) }, "\(faults)")
    }

    @Test(arguments: [
        ("https://a.example", true), ("http://127.0.0.1:1", true), ("http://a.example", false),
    ])
    func `credentials go over https, or stay on this machine`(_ base: String, _ isGood: Bool) {
        let faults = Files().faults(text("{kind: user_token, label: a}", base: base))
        #expect(faults.isEmpty == isGood, "\(faults)")
    }

    @Test(arguments: [
        ", headers: {authorization: x}", ", credential_header: \"a b\"", ", credential_header: Host",
        ", credential_scheme: \"a b\"",
    ])
    func `a header field that cannot hold a credential is refused`(_ further: String) {
        #expect(!Files().faults(text("{kind: user_token, label: a}", further)).isEmpty)
    }

    @Test(arguments: ["60s", "366d"]) func `a token is kept for a minute at least and for a year at most`(
        _ lifetime: String
    ) {
        #expect(Files().faults(text("{kind: user_token, label: a, lifetime: \(lifetime)}")).isEmpty)
    }

    @Test func `without a login there is no page on which tokens are given`() {
        let faults = Files().faults(
            "sources: {panda: {kind: http, base_url: \"https://a.example\", credentials: [{kind: user_token, label: a}]}}"
        )
        #expect(faults.contains { $0.contains("one of `issuers` needs `login`") }, "\(faults)")
    }

    @Test func `an included file sends no issuer's tokens anywhere, and may ask callers for one of their own`() {
        func faults(_ credential: String) -> [String] {
            let fragment = """
                sources:
                  epic-api: {kind: http, base_url: https://a.example, credentials: [{\(credential)}]}
                """
            let main = Self.issuers + "include: [{path: conf.d/epic.yaml, owns: [epic]}]"
            return Files(included: ["conf.d/epic.yaml": fragment]).faults(main)
        }
        #expect(
            faults("kind: login_token, issuer: iam") == [
                "/etc/beamline/conf.d/epic.yaml: line 2: sources.epic-api.credentials[0]: only the main file says which source gets tokens of an issuer"
            ]
        )
        #expect(faults("kind: user_token, label: The portal").isEmpty)
    }
}
