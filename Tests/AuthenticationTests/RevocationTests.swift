import Authentication
import GatewayCore
import JSON
import Synchronization
import Testing

/// A list of what was taken back that a test writes.
private final class ListedRevocations: RevocationChecking {
    private let answer = Mutex(RevocationStanding.holds)
    private let asked = Mutex<[ForeignToken]>([])

    var tokens: [ForeignToken] { asked.withLock { $0 } }

    func say(_ standing: RevocationStanding) {
        answer.withLock { $0 = standing }
    }

    func standing(of token: ForeignToken) async -> RevocationStanding {
        asked.withLock { $0.append(token) }
        return answer.withLock { $0 }
    }
}

@Suite("Tokens of other issuers that the site takes back") struct RevocationTests {
    @Test func `are refused at once, also when they are remembered`() async throws {
        let (forge, list) = (try await SharedForge.value(), ListedRevocations())
        let authenticator = try BearerAuthenticator(
            issuers: forge.records,
            fetch: ScriptedFetch(),
            clock: MovableClock(),
            revocations: list
        )
        let token = try forge.token(claims: ["sid": "s1"])
        guard case .principal = await authenticator.outcome(of: token) else {
            Issue.record("not accepted")
            return
        }
        list.say(.revoked)
        #expect(await authenticator.outcome(of: token) == .refused(.revoked))
        list.say(.unknown)
        #expect(await authenticator.outcome(of: token) == .refused(.keysUnavailable), "what is not known does not hold")
        let names = ForeignToken(
            issuer: "https://issuer.example/",
            subject: "248289761001",
            client: "cli",
            identifiers: ["x", "s1"],
            issuedAt: TokenForge.now - 10
        )
        #expect(list.tokens == [names, names, names])
    }
}
