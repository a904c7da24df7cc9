import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import Testing

@Suite("Sources are asked with tokens that are made for them")
struct TokenExchangeTests {
    private static let aim = TokenAim(
        audience: "rucio",
        resource: "https://rucio.example",
        scopes: ["openid", "rucio"]
    )
    private static let way = SourceWay.exchange(provider: "lab", .access, aim)

    private static func own(_ mayWrite: Bool = false) -> SourceWay {
        let provider = LoginProvider(
            id: "lab",
            label: "Lab",
            issuers: ["https://idp.example"],
            discoveryURL: "https://idp.example/configuration",
            clientID: "robot",
            clientSecret: "s",
            scopes: [],
            asksUserinfo: false
        )
        return .client(provider, TokenAim(audience: "api", scopes: ["read"]), mayWrite: mayWrite)
    }

    private func site(_ way: SourceWay = way, loggedIn: Bool = true) async throws -> CredentialBench {
        let site = try CredentialBench([way])
        site.answers(login: "login-token", refresh: "renewed-token")
        if loggedIn { _ = try await site.bench.tokens() }
        return site
    }

    @Test func `the token of the login is exchanged for one of the source (RFC 8693 section 2.1)`() async throws {
        let site = try await site()
        site.issues(CredentialBench.exchanged("rucio-token"))
        #expect(try await site.token() == "rucio-token")
        let form = try #require(try site.forms("urn:ietf:params:oauth:grant-type:token-exchange").first)
        #expect(form["subject_token"] == "login-token")
        #expect(form["subject_token_type"] == "urn:ietf:params:oauth:token-type:access_token")
        #expect(form["requested_token_type"] == "urn:ietf:params:oauth:token-type:access_token")
        #expect(form["audience"] == "rucio" && form["resource"] == "https://rucio.example")
        #expect(form["scope"] == "openid rucio")
        #expect(site.bench.events.acts.last?.details["audience"] == "rucio")
        #expect(site.bench.events.acts.last?.details["way"] == "token_exchange")
    }

    @Test func `it is kept for four fifths of its life, and asked for once by all`() async throws {
        let site = try await site()
        site.issues(CredentialBench.exchanged("rucio-token", life: 100))
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try await site.token() } }
            for try await token in group { #expect(token == "rucio-token") }
        }
        site.bench.clock.advance(79)
        site.issues(CredentialBench.exchanged("next-token"))
        #expect(try await site.token() == "rucio-token")
        #expect(try site.forms("urn:ietf:params:oauth:grant-type:token-exchange").count == 1)
        site.bench.clock.advance(1)
        #expect(try await site.token() == "next-token")
    }

    @Test func `one person's token is never another's`() async throws {
        let site = try await site()
        site.issues(CredentialBench.exchanged("adas-token"))
        #expect(try await site.token() == "adas-token")
        site.bench.provider.state.withLock { $0.subject = "bob" }
        _ = try await site.bench.tokens()
        site.issues(CredentialBench.exchanged("bobs-token"))
        let bob = Principal(issuer: "https://idp.example", subject: "bob", client: "c1")
        #expect(try await site.token(CredentialBench.use(by: bob)) == "bobs-token")
        #expect(try await site.token() == "adas-token")
        #expect(site.broker.heldCount == 2)
    }

    @Test func `it is gone when what it came from is`() async throws {
        let site = try await site()
        site.issues(CredentialBench.exchanged("rucio-token"))
        #expect(try await site.token() == "rucio-token")
        try await site.bench.store.revoke(.issuer, "lab", at: site.bench.clock.now)
        #expect(await site.refusal()?.reason == .expired)
        site.bench.clock.advance(1)
        _ = try await site.bench.tokens()
        site.issues(CredentialBench.exchanged("after-the-login"))
        #expect(try await site.token() == "after-the-login")
    }

    @Test func `one that the source did not take is replaced`() async throws {
        let site = try await site()
        site.issues(CredentialBench.exchanged("rucio-token"))
        let first = try #require(try await site.broker.credential(for: CredentialBench.use()))
        site.issues(CredentialBench.exchanged("another-token"))
        site.bench.clock.advance(59)
        #expect(await site.refusal(CredentialBench.use(refused: first))?.reason == .refused)
        site.bench.clock.advance(1)
        #expect(try await site.token(CredentialBench.use(refused: first)) == "another-token")
    }

    @Test(arguments: [
        "[]", "{}", #"{"access_token": 5}"#,
        #"{"access_token": "t", "token_type": "Bearer"}"#,
        #"{"access_token": "t", "token_type": "Bearer", "issued_token_type": "urn:ietf:params:oauth:token-type:id_token"}"#,
        #"{"access_token": "t", "token_type": "Bearer", "issued_token_type": "urn:ietf:params:oauth:token-type:refresh_token"}"#,
        #"{"access_token": "t", "token_type": "N_A", "issued_token_type": "urn:ietf:params:oauth:token-type:access_token"}"#,
        #"{"access_token": "t", "token_type": "DPoP", "issued_token_type": "urn:ietf:params:oauth:token-type:access_token"}"#,
        #"{"access_token": "a b", "token_type": "Bearer", "issued_token_type": "urn:ietf:params:oauth:token-type:jwt"}"#,
        #"{"access_token": "a\r\nb", "token_type": "Bearer", "issued_token_type": "urn:ietf:params:oauth:token-type:jwt"}"#,
    ])
    func `an answer that is no token for the source is not used`(_ answer: String) async throws {
        let site = try await site()
        site.issues(answer)
        #expect(await site.refusal()?.reason == .unavailable)
        #expect(site.bench.events.kinds.contains(.credentialRefused))
        #expect(site.bench.events.acts.isEmpty)
    }

    @Test func `a signed token for somebody else, or that is over, is not used`() async throws {
        for (claims, isGood) in [
            (["aud": "rucio", "exp": 1_800_000_900], true), (["aud": ["x", "rucio"]], true), (["sub": "ada"], true),
            (["aud": "fts"], false), (["aud": ["x"]], false), (["aud": "rucio", "exp": 1_700_000_000], false),
        ] as [(JSONValue, Bool)] {
            let site = try await site()
            site.issues(CredentialBench.exchanged(CredentialBench.jwt(claims)))
            #expect((await site.refusal() == nil) == isGood, "\(claims)")
        }
    }

    @Test func `a provider that refuses is told of as such`() async throws {
        let site = try await site()
        for (word, reason) in [("invalid_target", CredentialRefusal.Reason.refused), ("nonsense", .unavailable)] {
            site.issues(#"{"error": "\#(word)", "error_description": "host db1 says no"}"#, status: 400)
            let refusal = try #require(await site.refusal())
            #expect(refusal.reason == reason)
            #expect(!"\(refusal.error)".contains("db1"))
        }
    }

    // MARK: - The gateway's own

    @Test func `the gateway's own token is asked for once for all, and names whom it is used for in the trail`()
        async throws
    {
        let site = try await site(Self.own(), loggedIn: false)
        site.issues(#"{"access_token": "own-token", "token_type": "bearer", "expires_in": 100}"#)
        let bot = Principal(issuer: "https://gw.example", subject: "bot", client: "bot")
        for caller in [CredentialBench.ada, bot, nil] {
            #expect(try await site.token(CredentialBench.use(by: caller)) == "own-token")
        }
        let forms = try site.forms("client_credentials")
        #expect(forms.count == 1 && forms[0]["audience"] == "api" && forms[0]["scope"] == "read")
        #expect(site.bench.events.acts.map(\.principal) == [CredentialBench.ada, bot, nil])
        #expect(site.bench.events.acts.allSatisfy { $0.details["way"] == "client_credentials" })
    }

    @Test func `with it nothing is changed unless the site says so`() async throws {
        for mayWrite in [false, true] {
            let site = try await site(Self.own(mayWrite), loggedIn: false)
            site.issues(#"{"access_token": "own-token", "token_type": "Bearer"}"#)
            let refusal = await site.refusal(CredentialBench.use(isSafe: false))
            #expect(refusal?.reason == (mayWrite ? nil : .onlyReads))
        }
    }

    @Test func `who asks as the user never gets it, and who asks as the service gets no other`() async throws {
        let site = try CredentialBench([.login(provider: "lab", .access), Self.own()])
        site.answers(login: "login-token")
        site.issues(#"{"access_token": "own-token", "token_type": "Bearer"}"#)
        #expect(await site.refusal(CredentialBench.use(as: .user))?.reason == .notLinked)
        #expect(try await site.token() == "own-token")
        _ = try await site.bench.tokens()
        #expect(try await site.token() == "login-token")
        #expect(try await site.token(CredentialBench.use(as: .user)) == "login-token")
        #expect(try await site.token(CredentialBench.use(as: .service)) == "own-token")
        let plain = try CredentialBench([.login(provider: "lab", .access)])
        #expect(try await plain.token(CredentialBench.use(as: .service)) == nil)
    }

    @Test func `a way that fails is not replaced by the next`() async throws {
        let site = try CredentialBench([Self.way, Self.own()])
        site.answers(login: "login-token")
        _ = try await site.bench.tokens()
        #expect(await site.refusal()?.reason == .unavailable)
        #expect(try site.forms("client_credentials").isEmpty)
    }

    @Test func `as many tokens as the site allows are in memory`() async throws {
        let site = try CredentialBench([Self.way], change: { $0.limits.sourceTokens = 2 })
        for person in ["a", "b", "c", "d"] {
            site.bench.provider.state.withLock { $0.subject = person }
            site.answers(login: "login-of-\(person)")
            _ = try await site.bench.tokens()
            site.issues(CredentialBench.exchanged("token-of-\(person)"))
            let caller = Principal(issuer: "https://idp.example", subject: person, client: "c1")
            #expect(try await site.token(CredentialBench.use(by: caller)) == "token-of-\(person)")
            #expect(site.broker.heldCount <= 2)
        }
    }
}
