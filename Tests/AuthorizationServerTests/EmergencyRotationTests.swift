import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Synchronization
import Testing

@Suite("Signing keys in an emergency")
struct EmergencyRotationTests {
    private func rotate(_ bench: Bench, revokingEverything: Bool) async throws -> String {
        let rotation = EmergencyRotation(store: bench.store, clock: bench.clock, lifetimes: bench.settings.lifetimes)
        return try await rotation.run(revokingEverything: revokingEverything, by: "root", reason: "leaked")
    }

    private func published(_ bench: Bench) async throws -> Set<String> {
        let keys = try JSONValue(parsing: await bench.server.keySet())["keys"]?.array ?? []
        return Set(keys.compactMap { $0["kid"]?.string })
    }

    @Test func `a new key signs at once, and the old one vouches for its tokens until they end`() async throws {
        let bench = try Bench()
        let old = try await bench.tokens()
        bench.clock.advance(1)
        let key = try await rotate(bench, revokingEverything: false)
        await bench.lasting.keys.reload()
        bench.clock.advance(1)
        let new = try await bench.tokens()
        #expect(try Bench.key(new) == key)
        #expect(try await published(bench) == [key, try Bench.key(old)])
        for tokens in [old, new] { #expect(try await bench.principal(tokens) != nil) }
        bench.clock.advance(bench.settings.lifetimes.accessToken + 200)
        try await bench.store.prune(at: bench.clock.now)
        await bench.lasting.keys.reload()
        #expect(try await published(bench) == [key])
        #expect(try await bench.principal(old) == nil, "its key is gone, although its grant holds")
        #expect(try await bench.principal(try await bench.refresh(old)) != nil)
    }

    @Test func `a grant that is remembered tells of a key that is not`() async throws {
        let bench = try Bench()
        let tokens = try await bench.tokens()
        #expect(try await bench.principal(tokens) != nil)
        let key = try await rotate(bench, revokingEverything: false)
        let granted = try Bench.granted(tokens)
        func principal(_ key: String) async throws -> Principal? {
            let token = GrantedToken(grant: granted.grant, client: granted.client, scopes: granted.scopes, key: key)
            return try await bench.lasting.standings.principal(of: token)
        }
        #expect(try await principal(key) != nil, "what was read before the key was made is not believed")
        #expect(try await principal("another") == nil)
    }

    @Test func `revoking everything ends tokens of both kinds and lets people log in anew`() async throws {
        let bench = try Bench()
        let old = try await bench.tokens()
        let (state, cookies) = try await bench.agreed()
        bench.clock.advance(1)
        let key = try await rotate(bench, revokingEverything: true)
        await bench.lasting.keys.reload()
        #expect(try await published(bench) == [key])
        #expect(try await bench.principal(old) == nil)
        await #expect(throws: OAuthError.self) { try await bench.refresh(old) }
        if case .leave = await bench.comeBack(state, cookies).page { Issue.record("a login of before goes on") }
        bench.clock.advance(1)
        let new = try await bench.tokens()
        #expect(try Bench.key(new) == key)
        #expect(try await bench.principal(new) != nil)
    }

    @Test func `a login whose provider is asked while everything is revoked does not go on`() async throws {
        let bench = try Bench()
        let (state, cookies) = try await bench.agreed()
        bench.provider.state.withLock { provider in
            provider.meanwhile = { _ = try? await rotate(bench, revokingEverything: true) }
        }
        let step = await bench.comeBack(state, cookies)
        guard case .refused = step.page else {
            Issue.record("\(step.page)")
            return
        }
        #expect(step.cookies.session == nil)
        #expect(bench.provider.state.withLock { $0.meanwhile == nil }, "it was asked")
    }
}
