import AuthorizationServer
import GatewayCore
import JSON
import Testing

@Suite("How long what is given out holds")
struct LifetimeTests {
    @Test(arguments: [(59 as Int64, true), (60, false)])
    func `a code`(_ seconds: Int64, _ holds: Bool) async throws {
        let bench = try Bench()
        let code = try await bench.code()
        bench.clock.advance(seconds)
        if holds {
            #expect(try await bench.redeem(code)["expires_in"] == 600)
        } else {
            await #expect(throws: OAuthError.self) { try await bench.redeem(code) }
        }
    }

    @Test(arguments: [(599 as Int64, true), (600, false)])
    func `a login that is under way`(_ seconds: Int64, _ holds: Bool) async throws {
        let bench = try Bench()
        let (state, cookies) = try await bench.agreed()
        bench.clock.advance(seconds)
        let step = await bench.comeBack(state, cookies)
        if case .leave = step.page { #expect(holds) } else { #expect(!holds) }
    }

    @Test(arguments: [(43_199 as Int64, true), (43_200, false)])
    func `a login in a browser`(_ seconds: Int64, _ holds: Bool) async throws {
        let bench = try Bench()
        let (state, cookies) = try await bench.agreed()
        let session = await bench.comeBack(state, cookies).cookies
        bench.clock.advance(seconds)
        let step = await bench.server.authorize(Samples.query(), session)
        // Consent is remembered for this client, so that a login that holds needs no page at all.
        if case .leave = step.page { #expect(holds) } else { #expect(!holds) }
    }

    @Test(arguments: [(2_591_999 as Int64, true), (2_592_000, false)])
    func `a refresh token that is not used`(_ seconds: Int64, _ holds: Bool) async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        bench.clock.advance(seconds)
        if holds {
            #expect(try await bench.refresh(tokens)["expires_in"] == 600)
        } else {
            await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
        }
    }

    @Test func `a grant, however often it is renewed`() async throws {
        let bench = try Bench { $0.lifetimes.grant = 2000 }
        var tokens = try await bench.tokens()
        bench.clock.advance(1500)
        tokens = try await bench.refresh(tokens)
        #expect(tokens["expires_in"] == 500, "no token outlives its grant")
        bench.clock.advance(499)
        #expect(try await bench.principal(tokens) != nil)
        bench.clock.advance(1)
        #expect(try await bench.principal(tokens) == nil)
        await #expect(throws: OAuthError.self) { try await bench.refresh(tokens) }
    }

    @Test(arguments: [(86_399 as Int64, true), (86_400, false)])
    func `a registration that nobody used`(_ seconds: Int64, _ holds: Bool) async throws {
        let bench = try Bench()
        let body = Array(#"{"redirect_uris": ["https://client.example/back"]}"#.utf8)
        let id = try await bench.server.register(body, from: "192.0.2.1")["client_id"]?.string ?? ""
        bench.clock.advance(seconds)
        let step = await bench.server.authorize(Samples.query(["client_id": id]), BrowserCookies())
        if case .consent = step.page { #expect(holds) } else { #expect(!holds) }
    }

    @Test func `a signing key, whose successor is known a day before it signs`() async throws {
        let bench = try Bench()
        func published() async throws -> Int {
            try JSONValue(parsing: await bench.server.keySet())["keys"]?.array?.count ?? 0
        }
        func signer() async throws -> String? {
            let header = try await bench.tokens()["access_token"]?.string?.split(separator: ".").first
            return header.map(String.init)
        }
        let first = try await signer()
        #expect(try await published() == 1)
        bench.clock.advance(29 * 86_400)
        #expect(try await published() == 2)
        #expect(try await signer() == first)
        bench.clock.advance(86_400)
        #expect(try await signer() != first)
        #expect(try await published() == 2)
    }
}
