import Authentication
import GatewayCore
import JSON
import Testing

@Suite struct BearerAuthenticatorTests {
    private static let now = Int(TokenForge.now)
    private let forge: TokenForge

    init() async throws {
        forge = try await SharedForge.value()
    }

    @Test(arguments: BadToken.form + BadToken.signature + BadToken.claims)
    func `refuses`(token: BadToken) async throws {
        let text = try await token.make(forge)
        #expect(try await forge.authenticator().outcome(of: text) == .refused(token.refusal))
    }

    @Test func `a good token becomes its principal`() async throws {
        let outcome = try await forge.authenticator().outcome(of: forge.token())
        let principal = Principal(
            issuer: "https://issuer.example/",
            subject: "248289761001",
            roles: ["epic.user"],
            scopes: ["epic:read", "openid"],
            client: "cli"
        )
        #expect(outcome == .principal(principal, expiresAt: TokenForge.now + 600))
    }

    @Test(arguments: GoodToken.all)
    func `accepts`(token: GoodToken) async throws {
        let outcome = try await forge.authenticator().outcome(of: token.make(forge))
        guard case .principal = outcome else {
            Issue.record("\(token): \(outcome)")
            return
        }
    }

    @Test(arguments: ["Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer    "])
    func `the scheme may be written in any case`(prefix: String) async throws {
        let credentials = PresentedCredentials(authorization: [prefix + (try forge.token())])
        guard case .principal = try await forge.authenticator().authenticate(credentials) else {
            Issue.record("not accepted")
            return
        }
    }

    @Test(arguments: ["", "Basic dXNlcjpwYXNz", "DPoP abc", "Bearerabc", "Beare abc", "Negotiate", " Bearer abc"])
    func `another scheme counts as none`(value: String) async throws {
        let outcome = try await forge.authenticator().authenticate(PresentedCredentials(authorization: [value]))
        #expect(outcome == .anonymous)
    }

    @Test(arguments: ["Bearer", "Bearer ", "bearer    "])
    func `a scheme without a token is refused`(value: String) async throws {
        let outcome = try await forge.authenticator().authenticate(PresentedCredentials(authorization: [value]))
        #expect(outcome == .refused(.malformed))
    }

    @Test func `no header means anonymous and a token in the query is not read`() async throws {
        let authenticator = try forge.authenticator()
        #expect(await authenticator.authenticate(PresentedCredentials(authorization: [])) == .anonymous)
        let inQuery = PresentedCredentials(authorization: [], hasQueryToken: true)
        #expect(await authenticator.authenticate(inQuery) == .anonymous)
    }

    @Test func `two headers, or a header beside a query token, are malformed`() async throws {
        let authenticator = try forge.authenticator()
        let value = "Bearer " + (try forge.token())
        #expect(await authenticator.authenticate(PresentedCredentials(authorization: [value, value])) == .malformed)
        let both = PresentedCredentials(authorization: [value], hasQueryToken: true)
        #expect(await authenticator.authenticate(both) == .malformed)
    }

    @Test func `a header may have 16 KiB and not a byte more`() async throws {
        let authenticator = try forge.authenticator()
        let longest = "Bearer " + String(repeating: "a", count: (16 << 10) - 7)
        #expect(
            await authenticator.authenticate(PresentedCredentials(authorization: [longest])) == .refused(.malformed)
        )
        #expect(await authenticator.authenticate(PresentedCredentials(authorization: [longest + "a"])) == .malformed)
    }

    @Test func `a remembered token ends with its life`() async throws {
        let clock = MovableClock()
        let authenticator = try forge.authenticator(clock: clock)
        let token = try forge.token(claims: ["exp": .integer(Self.now + 30)])
        for _ in 0..<2 {
            guard case .principal = await authenticator.outcome(of: token) else {
                Issue.record("not accepted")
                return
            }
        }
        clock.advance(30 + 60)
        #expect(await authenticator.outcome(of: token) == .refused(.expired))
    }

    @Test func `records that share an issuer are refused with all problems`() {
        let record = IssuerRecord(id: "a", issuers: ["https://x"], keys: .inline(jwks: []), audience: ["y"])
        var second = record
        second.id = "b"
        second.audience = []
        second.algorithms = []
        second.maximumLifetime = 0
        second.skew = -1
        let error = #expect(throws: IssuerRecordError.self) {
            try BearerAuthenticator(issuers: [record, second, record], fetch: ScriptedFetch(), clock: MovableClock())
        }
        #expect(error?.problems.map(\.issuer) == ["b", "b", "b", "b", "b", "a", "a"])
    }
}
