import AuthorizationServer
import GatewayCore
import GatewayState
import TestSupport
import Testing

@Suite("A state that does not answer")
struct StateOutageTests {
    @Test func `what held goes on as long as the site says, and nothing else does`() async throws {
        let short = try Bench { $0.lifetimes.stateOutage = 0 }
        let long = try Bench { $0.lifetimes.stateOutage = 600 }
        let (known, unseen, ended) = (try await long.tokens(), try await long.tokens(), try await long.tokens())
        let shortToken = try Bench.granted(try await short.tokens())
        try await long.store.endGrant(Bench.granted(ended).grant, at: long.clock.now)
        for _ in 0..<2 {
            #expect(try await long.lasting.standings.principal(of: Bench.granted(known)) != nil)
            #expect(try await long.lasting.standings.principal(of: Bench.granted(ended)) == nil)
            #expect(try await short.lasting.standings.principal(of: shortToken) != nil)
        }
        for bench in [short, long] { bench.store.close() }
        // The memory of half a second is over for one when it is for the other.
        try await Polling.wait(for: "the end of the memory") {
            do throws(GrantsUnreadable) {
                _ = try await short.lasting.standings.principal(of: shortToken)
                return nil as Void?
            } catch {
                return ()
            }
        }
        for _ in 0..<3 {
            #expect(try await long.lasting.standings.principal(of: Bench.granted(known)) != nil)
            #expect(try await long.lasting.standings.principal(of: Bench.granted(ended)) == nil)
            await #expect(throws: GrantsUnreadable.self) {
                try await long.lasting.standings.principal(of: Bench.granted(unseen))
            }
        }
    }

    @Test func `it is nobody's failed attempt`() async throws {
        let bench = try Bench { $0.limits.failuresPerMinute = 1 }
        bench.store.close()
        for _ in 0..<3 {
            await #expect(throws: OAuthError(.temporarilyUnavailable, "The authorization server cannot answer now.")) {
                try await bench.redeem("x")
            }
        }
    }
}
