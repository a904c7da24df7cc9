import Authentication
import GatewayCore
import JSON
import Sealing
import TestSupport
import Testing

@Suite("Tokens that only their issuer can read") struct IntrospectionTests {
    private static let url = "https://lab.example/introspect"
    private let forge: TokenForge
    private let clock = MovableClock()
    private let fetch: AskedFetch

    init() async throws {
        forge = try await SharedForge.value()
        fetch = AskedFetch { request in AskedFetch.json(Self.said(of: request)) }
    }

    /// The answer that lies in the token, as `AskedToken` writes it.
    private static func said(of request: FetchRequest) -> String {
        let form = String(decoding: request.body ?? [], as: UTF8.self).split(separator: "&")
        let token = form.first { $0.hasPrefix("token=") }?.dropFirst("token=".count) ?? ""
        return String(decoding: AskedToken.answer(in: String(token)), as: UTF8.self)
    }

    private var record: IssuerRecord {
        IssuerRecord(
            id: "lab",
            issuers: ["https://lab.example"],
            keys: .inline(jwks: []),
            profile: .opaque,
            audience: [TokenForge.audience],
            groups: GroupClaims(paths: [ClaimPath(["groups"])]),
            roles: [RoleMapping(group: "members", role: "epic.user")],
            questions: TokenQuestions(
                .introspection(.url(Self.url), client: AskedToken.client, secret: AskedToken.secret),
                prefix: AskedToken.prefix
            )
        )
    }

    private func authenticator(
        _ record: IssuerRecord? = nil,
        limits: AuthenticationLimits = AuthenticationLimits(),
        others: [IssuerRecord] = []
    ) throws -> BearerAuthenticator {
        try BearerAuthenticator(issuers: [record ?? self.record] + others, fetch: fetch, limits: limits, clock: clock)
    }

    private func token(_ changes: [String: String?] = [:]) -> String {
        AskedToken.make(BadAnswer.good(forge.at(clock.now), changes))
    }

    private func isAccepted(_ outcome: AuthenticationOutcome) -> Bool {
        if case .principal = outcome { true } else { false }
    }

    @Test func `a token is worth what its issuer says of it`() async throws {
        let outcome = try await authenticator().outcome(of: token())
        let principal = Principal(
            issuer: "https://lab.example",
            subject: "ada",
            roles: ["epic.user"],
            scopes: ["epic:read", "openid"],
            client: "cli"
        )
        #expect(outcome == .principal(principal, expiresAt: clock.now + 600))
    }

    @Test func `the issuer is asked as RFC 7662 has it, by our own client`() async throws {
        _ = try await authenticator().outcome(of: token())
        let request = try #require(fetch.requests.first)
        #expect(request.method == "POST" && request.url == Self.url)
        #expect(String(decoding: request.body ?? [], as: UTF8.self).hasSuffix("&token_type_hint=access_token"))
        #expect(request.headers.contains(HTTPField("Authorization", AskedToken.credential)))
        #expect(request.headers.contains(HTTPField("Content-Type", "application/x-www-form-urlencoded")))
    }

    @Test(arguments: BadAnswer.introspection)
    func `refuses`(row: BadAnswer) async throws {
        let outcome = try await authenticator().outcome(of: row.make(forge.at(clock.now)))
        #expect(outcome == .refused(row.refusal))
    }

    @Test func `its word is believed for a minute, and not beyond the end of the token`() async throws {
        let authenticator = try authenticator()
        let token = token()
        for _ in 0..<3 { #expect(isAccepted(await authenticator.outcome(of: token))) }
        clock.advance(59)
        #expect(isAccepted(await authenticator.outcome(of: token)))
        #expect(fetch.requests.count == 1)
        clock.advance(1)
        fetch.follow { _ in AskedFetch.json(#"{"active":false}"#) }
        #expect(await authenticator.outcome(of: token) == .refused(.inactive))
        #expect(fetch.requests.count == 2)
    }

    @Test(arguments: [(0, 0), (5, 5), (90, 60)])
    func `the site may have it asked more often, and never more seldom than it remembers tokens`(
        _ setting: Int64,
        _ seconds: Int64
    ) async throws {
        let authenticator = try authenticator(limits: AuthenticationLimits(askedLifetime: setting))
        let token = token()
        #expect(isAccepted(await authenticator.outcome(of: token)))
        clock.advance(max(0, seconds - 1))
        #expect(isAccepted(await authenticator.outcome(of: token)))
        #expect(fetch.requests.count == (seconds == 0 ? 2 : 1))
        clock.advance(1)
        #expect(isAccepted(await authenticator.outcome(of: token)))
        #expect(fetch.requests.count == (seconds == 0 ? 3 : 2))
    }

    @Test func `a token that ends within the minute is not remembered longer`() async throws {
        let authenticator = try authenticator()
        let token = token(["exp": "\(clock.now + 20)"])
        #expect(isAccepted(await authenticator.outcome(of: token)))
        clock.advance(20)
        #expect(isAccepted(await authenticator.outcome(of: token)), "the skew counts, and the issuer is asked")
        #expect(fetch.requests.count == 2)
        clock.advance(60)
        #expect(await authenticator.outcome(of: token) == .refused(.expired))
    }

    @Test func `one without an end holds for as long as the issuer says so`() async throws {
        let authenticator = try authenticator()
        let token = token(["exp": nil, "iat": nil])
        for round in 1...3 {
            #expect(isAccepted(await authenticator.outcome(of: token)))
            #expect(fetch.requests.count == round)
            clock.advance(60)
        }
    }

    @Test func `a refused token is asked about once in ten seconds`() async throws {
        let authenticator = try authenticator()
        let token = token(["active": "false"])
        for _ in 0..<5 { #expect(await authenticator.outcome(of: token) == .refused(.inactive)) }
        clock.advance(9)
        #expect(await authenticator.outcome(of: token) == .refused(.inactive))
        #expect(fetch.requests.count == 1)
        clock.advance(1)
        #expect(await authenticator.outcome(of: token) == .refused(.inactive))
        #expect(fetch.requests.count == 2)
    }

    @Test func `callers with one token share a question, and one that goes away takes nobody with it`() async throws {
        let authenticator = try authenticator()
        let token = token()
        fetch.hold()
        let accepted = await withTaskGroup(of: AuthenticationOutcome.self) { group in
            let first = Task { await authenticator.outcome(of: token) }
            while fetch.requests.isEmpty { await Task.yield() }
            for _ in 0..<20 { group.addTask { await authenticator.outcome(of: token) } }
            first.cancel()
            fetch.release()
            return await group.reduce(into: 0) { $0 += isAccepted($1) ? 1 : 0 }
        }
        #expect(accepted == 20)
        #expect(fetch.requests.count <= 3)
    }

    @Test func `an issuer is asked so many questions at a time, and one more is told to come again`() async throws {
        let authenticator = try authenticator(limits: AuthenticationLimits(questions: 4))
        fetch.hold()
        await withTaskGroup(of: AuthenticationOutcome.self) { group in
            for number in 0..<4 {
                let token = token(["jti": "\"\(number)\""])
                group.addTask { await authenticator.outcome(of: token) }
            }
            while fetch.requests.count < 4 { await Task.yield() }
            #expect(await authenticator.outcome(of: token(["jti": #""x""#])) == .refused(.keysUnavailable))
            fetch.release()
            for await outcome in group { #expect(isAccepted(outcome)) }
        }
        #expect(isAccepted(await authenticator.outcome(of: token(["jti": #""x""#]))))
    }

    @Test func `an issuer that does not answer is left alone for five seconds, and nobody is let in`() async throws {
        let authenticator = try authenticator()
        fetch.follow { _ in nil }
        #expect(await authenticator.outcome(of: token()) == .refused(.keysUnavailable))
        fetch.follow { AskedFetch.json(Self.said(of: $0)) }
        clock.advance(4)
        #expect(await authenticator.outcome(of: token()) == .refused(.keysUnavailable))
        #expect(fetch.requests.count == 1)
        clock.advance(1)
        #expect(isAccepted(await authenticator.outcome(of: token())))
    }

    @Test(arguments: [400, 401, 404, 500, 302])
    func `an answer that is not 200 says nothing of the token`(_ status: Int) async throws {
        fetch.follow { _ in AskedFetch.json(#"{"active":true}"#, status: status) }
        #expect(try await authenticator().outcome(of: token()) == .refused(.keysUnavailable))
    }

    @Test(arguments: [("https://lab.example", true), ("https://lab.example/", false), ("https://other.example", false)])
    func `the address may come from the issuer's own metadata`(_ issuer: String, _ isUsed: Bool) async throws {
        var record = record
        let metadata = "https://lab.example/.well-known/openid-configuration"
        record.questions?.way = .introspection(.discovery(url: metadata), client: "c", secret: "s")
        fetch.follow { request in
            request.url == metadata
                ? AskedFetch.json(#"{"issuer":"\#(issuer)","introspection_endpoint":"\#(Self.url)"}"#)
                : AskedFetch.json(Self.said(of: request))
        }
        let authenticator = try authenticator(record)
        #expect(isAccepted(await authenticator.outcome(of: token())) == isUsed)
        guard isUsed else { return }
        #expect(isAccepted(await authenticator.outcome(of: token(["jti": #""2""#]))))
        #expect(fetch.requests.map(\.url) == [metadata, Self.url, Self.url], "and is kept")
    }

    @Test(arguments: [("cli", true), ("evil", false)])
    func `without an audience the client must be one of those listed`(_ client: String, _ isGood: Bool) async throws {
        var record = record
        record.allowedClients = ["cli"]
        let outcome = try await authenticator(record).outcome(of: token(["aud": nil, "client_id": "\"\(client)\""]))
        #expect(isAccepted(outcome) == isGood)
        if !isGood { #expect(outcome == .refused(.client)) }
    }

    @Test func `a signed token of an issuer that is asked is asked about too`() async throws {
        fetch.follow { _ in AskedFetch.json(BadAnswer.good(forge.at(clock.now))) }
        let signed = try forge.token(claims: ["iss": "https://lab.example"], key: forge.stranger)
        #expect(isAccepted(try await authenticator().outcome(of: signed)), "its issuer vouches for it")
        fetch.follow { _ in AskedFetch.json(#"{"active":false}"#) }
        clock.advance(60)
        #expect(try await authenticator().outcome(of: signed) == .refused(.inactive))
    }

    @Test func `a token without a mark goes to the one issuer whose tokens have none, or to nobody`() async throws {
        #expect(try await authenticator().outcome(of: "no-mark") == .refused(.malformed))
        #expect(fetch.requests.isEmpty)
        var other = record
        (other.id, other.issuers) = ("other", ["https://other.example"])
        other.questions = TokenQuestions(.introspection(.url("https://other.example/i"), client: "c", secret: "s"))
        let authenticator = try authenticator(others: [other])
        fetch.follow { _ in AskedFetch.json(#"{"active":false}"#) }
        for token in ["no-mark", "AAAA", "a.b", "a.b.c.d"] {
            #expect(await authenticator.outcome(of: token) == .refused(.inactive))
        }
        for token in ["a.b.c", "..", "beam_rt_secret", "beam_ac_x", "sp ace", "q?"] {
            #expect(await authenticator.outcome(of: token) == .refused(.malformed), "\(token)")
        }
        #expect(fetch.requests.map(\.url) == Array(repeating: "https://other.example/i", count: 4))
    }

    @Test(arguments: [("", ""), ("a-", "a-"), ("a-", "a-b"), ("gt-", "g")])
    func `issuers whose tokens cannot be told apart are refused`(_ one: String, _ two: String) {
        var (first, second) = (record, record)
        (second.id, second.issuers) = ("second", ["https://second.example"])
        first.questions?.prefix = one
        second.questions?.prefix = two
        #expect(throws: IssuerRecordError.self) { try authenticator(first, others: [second]) }
    }

    @Test func `a profile that is asked needs to know how, and no other may`() {
        var (mute, chatty) = (record, record)
        mute.questions = nil
        chatty.profile = .rfc9068
        #expect(throws: IssuerRecordError.self) { try authenticator(mute) }
        #expect(throws: IssuerRecordError.self) { try authenticator(chatty) }
    }
}
