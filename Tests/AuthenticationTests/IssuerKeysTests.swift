import Authentication
import GatewayCore
import JSON
import Testing

@Suite struct IssuerKeysTests {
    private static let keysURL = "https://issuer.example/jwks"
    private static let metadataURL = "https://issuer.example/.well-known/openid-configuration"
    private let forge: TokenForge
    private let fetch = ScriptedFetch()
    private let clock = MovableClock()

    init() async throws {
        forge = try await SharedForge.value()
    }

    private func authenticator(_ keys: KeySource = .jwks(url: keysURL)) throws -> BearerAuthenticator {
        var record = try #require(forge.records.first)
        record.keys = keys
        return try BearerAuthenticator(issuers: [record], fetch: fetch, clock: clock)
    }

    /// A new token each time, so that no cache answers.
    private func token(_ number: Int = 0, kid: String = "a1") throws -> String {
        let now = Int(clock.now)
        return try forge.token(
            header: ["kid": .string(kid)],
            claims: ["jti": .string(String(number)), "iat": .integer(now), "exp": .integer(now + 600)]
        )
    }

    private func isAccepted(_ outcome: AuthenticationOutcome) -> Bool {
        if case .principal = outcome { true } else { false }
    }

    @Test func `keys are fetched when first needed and kept`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        let authenticator = try authenticator()
        #expect(fetch.requested.isEmpty)
        for number in 0..<3 {
            #expect(isAccepted(await authenticator.outcome(of: try token(number))))
        }
        #expect(fetch.requested == [Self.keysURL])
    }

    @Test(arguments: [
        BadToken("", .malformed) { _ in "x" },
        BadToken("", .unknownIssuer) { try $0.token(claims: ["iss": "https://evil.example"]) },
        BadToken("", .algorithm) { try $0.token(header: ["alg": "none"]) },
        BadToken("", .notAccessToken) { try $0.token(header: ["typ": "JWT"]) },
    ])
    func `nothing is fetched for a bad token`(bad: BadToken) async throws {
        let text = try await bad.make(forge)
        #expect(try await authenticator().outcome(of: text) == .refused(bad.refusal))
        #expect(fetch.requested.isEmpty)
    }

    @Test func `callers at the same time share one fetch`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        let authenticator = try authenticator()
        let tokens = try (0..<50).map { try token($0) }
        let accepted = await withTaskGroup(of: AuthenticationOutcome.self) { group in
            for token in tokens { group.addTask { await authenticator.outcome(of: token) } }
            return await group.reduce(into: 0) { $0 += isAccepted($1) ? 1 : 0 }
        }
        #expect(accepted == 50)
        #expect(fetch.requested.count == 1)
    }

    @Test func `a cancelled caller does not take the others with it`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        let authenticator = try authenticator()
        let tokens = try (0..<10).map { try token($0) }
        let accepted = await withTaskGroup(of: AuthenticationOutcome.self) { group in
            group.addTask {
                await withTaskGroup(of: AuthenticationOutcome.self) { inner in
                    inner.cancelAll()
                    inner.addTask { await authenticator.outcome(of: tokens[0]) }
                    return await inner.next() ?? .anonymous
                }
            }
            for token in tokens.dropFirst() { group.addTask { await authenticator.outcome(of: token) } }
            return await group.reduce(into: 0) { $0 += isAccepted($1) ? 1 : 0 }
        }
        #expect(accepted >= 9)
    }

    @Test func `an unknown key causes one fetch in thirty seconds`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.other]))
        let authenticator = try authenticator()
        for number in 0..<5 {
            #expect(await authenticator.outcome(of: try token(number)) == .refused(.unknownKey))
        }
        #expect(fetch.requested.count == 1)
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        clock.advance(29)
        #expect(await authenticator.outcome(of: try token()) == .refused(.unknownKey))
        #expect(fetch.requested.count == 1)
        clock.advance(1)
        #expect(isAccepted(await authenticator.outcome(of: try token())))
        for number in 0..<5 {
            #expect(await authenticator.outcome(of: try token(number, kid: "new")) == .refused(.unknownKey))
        }
        #expect(fetch.requested.count == 2)
    }

    @Test(arguments: [
        ("", Int64(300)), ("max-age=10", 300), ("public, max-age=3600", 3600), ("Max-Age=\"7200\"", 7200),
        ("max-age=99999999", 86_400), ("no-store", 300), ("max-age=x", 300), ("max-age=3600, no-cache", 300),
    ])
    func `keys are kept as long as the issuer says, within limits`(cacheControl: String, seconds: Int64) async throws {
        let header = cacheControl.isEmpty ? nil : cacheControl
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]), cacheControl: header)
        let authenticator = try authenticator()
        #expect(isAccepted(await authenticator.outcome(of: try token(1))))
        // Others are asked for while a fifth of the time is left.
        let renewal = seconds * 4 / 5
        clock.advance(renewal - 1)
        #expect(isAccepted(await authenticator.outcome(of: try token(2))))
        #expect(fetch.requested.count == 1)
        clock.advance(1)
        #expect(isAccepted(await authenticator.outcome(of: try token(3))))
        #expect(fetch.requested.count == 2)
    }

    @Test func `an issuer that is slow to renew its keys holds up one caller and nobody else`() async throws {
        let slow = AskedFetch { [forge] _ in
            FetchResponse(status: 200, headers: [], body: TokenForge.keySet([forge.main]))
        }
        var record = try #require(forge.records.first)
        record.keys = .jwks(url: Self.keysURL)
        let authenticator = try BearerAuthenticator(issuers: [record], fetch: slow, clock: clock)
        #expect(isAccepted(await authenticator.outcome(of: try token(1))))
        clock.advance(300)
        slow.hold()
        let (first, second, stranger) = (try token(2), try token(3), try token(4, kid: "new"))
        await withTaskGroup(of: AuthenticationOutcome.self) { group in
            group.addTask { await authenticator.outcome(of: first) }
            while slow.requests.count < 2 { await Task.yield() }
            #expect(isAccepted(await authenticator.outcome(of: second)), "while the first waits")
            group.addTask { await authenticator.outcome(of: stranger) }
            slow.release()
            for await outcome in group { #expect(isAccepted(outcome) || outcome == .refused(.unknownKey)) }
        }
        #expect(slow.requests.count == 2)
    }

    @Test func `old keys serve for a day when the issuer is away, then no more`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        let authenticator = try authenticator()
        #expect(isAccepted(await authenticator.outcome(of: try token(1))))
        fetch.fail(Self.keysURL)
        clock.advance(300 + 86_400 - 1)
        #expect(isAccepted(await authenticator.outcome(of: try token(2))))
        clock.advance(1)
        #expect(await authenticator.outcome(of: try token(3)) == .refused(.keysUnavailable))
    }

    @Test func `a token accepted a moment ago needs no keys`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        var record = try #require(forge.records.first)
        record.keys = .jwks(url: Self.keysURL)
        let limits = AuthenticationLimits(minimumKeyLifetime: 1, staleKeyLifetime: 0)
        let authenticator = try BearerAuthenticator(issuers: [record], fetch: fetch, limits: limits, clock: clock)
        let known = try token(1)
        #expect(isAccepted(await authenticator.outcome(of: known)))
        fetch.fail(Self.keysURL)
        clock.advance(59)
        #expect(isAccepted(await authenticator.outcome(of: known)))
        #expect(await authenticator.outcome(of: try token(2)) == .refused(.keysUnavailable))
        clock.advance(1)
        #expect(await authenticator.outcome(of: known) == .refused(.keysUnavailable))
    }

    @Test func `a failed first fetch is tried again after five seconds`() async throws {
        let authenticator = try authenticator()
        #expect(await authenticator.outcome(of: try token(1)) == .refused(.keysUnavailable))
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        clock.advance(4)
        #expect(await authenticator.outcome(of: try token(2)) == .refused(.keysUnavailable))
        #expect(fetch.requested.count == 1)
        clock.advance(1)
        #expect(isAccepted(await authenticator.outcome(of: try token(3))))
    }

    @Test(arguments: ["", "<html>", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[],"keys":[]}"#])
    func `what is no key set is not used`(body: String) async throws {
        fetch.serve(Self.keysURL, Array(body.utf8))
        #expect(try await authenticator().outcome(of: token()) == .refused(.keysUnavailable))
    }

    @Test func `a key set has limits of keys and bytes`() async throws {
        let many = TokenForge.keySet([forge.main] + Array(repeating: forge.encryption, count: 63))
        fetch.serve(Self.keysURL, many)
        #expect(isAccepted(try await authenticator().outcome(of: token())))
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main] + Array(repeating: forge.encryption, count: 64)))
        #expect(try await authenticator().outcome(of: token()) == .refused(.keysUnavailable))
        let one = TokenForge.keySet([forge.main])
        fetch.serve(Self.keysURL, one + Array(repeating: UInt8(ascii: " "), count: (256 << 10) - one.count))
        #expect(isAccepted(try await authenticator().outcome(of: token())))
        fetch.serve(Self.keysURL, one + Array(repeating: UInt8(ascii: " "), count: (256 << 10) - one.count + 1))
        #expect(try await authenticator().outcome(of: token()) == .refused(.keysUnavailable))
    }

    @Test func `an answer that is not 200 is not used`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]), status: 500)
        #expect(try await authenticator().outcome(of: token()) == .refused(.keysUnavailable))
    }

    @Test func `keys of other kinds and weak keys are left out`() async throws {
        let weak: JSONValue = [
            "kty": "RSA", "kid": "a1", "e": "AQAB", "n": .string("8" + String(repeating: "A", count: 169) + "E"),
        ]
        let shared: JSONValue = ["kty": "oct", "kid": "a1", "k": "AAAA"]
        let off: JSONValue = [
            "kty": "EC", "crv": "P-256", "kid": "a1", "x": .string(String(repeating: "A", count: 43)),
            "y": .string(String(repeating: "A", count: 43)),
        ]
        let set: JSONValue = ["keys": [weak, shared, off, 7, forge.main.jwk]]
        fetch.serve(Self.keysURL, set.serialized)
        #expect(isAccepted(try await authenticator().outcome(of: token())))
        let bad: JSONValue = ["keys": [weak, shared, off]]
        fetch.serve(Self.keysURL, bad.serialized)
        #expect(try await authenticator().outcome(of: token()) == .refused(.unknownKey))
    }

    @Test func `two keys of one name are none`() async throws {
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main, forge.namesake]))
        #expect(try await authenticator().outcome(of: token()) == .refused(.unknownKey))
    }

    @Test(arguments: [
        ("https://issuer.example/", true), ("https://issuer.example", false), ("https://evil.example", false),
    ])
    func `metadata must be the issuer's own`(issuer: String, accepted: Bool) async throws {
        let metadata: JSONValue = ["issuer": .string(issuer), "jwks_uri": .string(Self.keysURL)]
        fetch.serve(Self.metadataURL, metadata.serialized)
        fetch.serve(Self.keysURL, TokenForge.keySet([forge.main]))
        let outcome = try await authenticator(.discovery(url: Self.metadataURL)).outcome(of: token())
        #expect(isAccepted(outcome) == accepted)
        #expect(fetch.requested == (accepted ? [Self.metadataURL, Self.keysURL] : [Self.metadataURL]))
    }
}
