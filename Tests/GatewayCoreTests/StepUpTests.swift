import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("Asking for better tokens, and when to stop")
struct StepUpTests {
    private struct NoTool: ToolProvider {
        func call(_ call: ProviderCall) async -> ProviderReply { .result(ProviderResult(structured: [])) }
    }

    private struct Routes: ToolRouting {
        func route(toTool name: String, in view: View) -> ToolRoute? {
            guard let input = try? JSONSchema(compiling: ["type": "object"], options: .toolInput) else { return nil }
            return ToolRoute(
                item: ItemReference(kind: .tool, namespace: "epic", localName: name),
                provider: NoTool(),
                input: input,
                timeout: nil,
                isReadOnly: true
            )
        }
    }

    private struct Challenges: PolicyDeciding {
        let stepUp: StepUp

        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision { .challenge(stepUp) }
        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private struct NoAudit: Auditing {
        func record(_ event: AuditEvent) {}
    }

    private final class Demands: LoginDemanding {
        let all = Mutex<[String]>([])

        func demand(loginOf principal: Principal, within maximumAge: Int) async {
            all.withLock { $0.append("\(principal.subject) \(maximumAge)") }
        }
    }

    private final class Clock: Sendable {
        private let moment = Mutex(SuspendingClock.now)

        func now() -> SuspendingClock.Instant { moment.withLock { $0 } }
        func advance(by seconds: Int) { moment.withLock { $0 = $0.advanced(by: .seconds(seconds)) } }
    }

    private static let ada = Principal(issuer: "i", subject: "ada", client: "app")
    private static let scopes = StepUp(scopes: ["epic:read", "epic:write"])

    private func call(
        _ desk: StepUpDesk,
        _ name: String = "stop",
        by principal: Principal = ada,
        _ stepUp: StepUp = scopes
    ) async throws -> ToolCallOutcome {
        let pipeline = CallPipeline(
            routing: Routes(),
            policy: Challenges(stepUp: stepUp),
            audit: NoAudit(),
            stepUps: desk
        )
        return await pipeline.perform(
            ToolCall(
                requestID: RequestID(),
                principal: principal,
                view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                name: name,
                arguments: try JSONDocument(parsing: Array("{}".utf8)).root
            )
        )
    }

    private func isChallenged(_ outcome: ToolCallOutcome) -> Bool {
        if case .challenge = outcome { true } else { false }
    }

    private func message(_ outcome: ToolCallOutcome) -> String? {
        guard case .failure(let error) = outcome, error.code == .forbidden else { return nil }
        return error.message
    }

    @Test(arguments: [1, 2, 5])
    func `a caller is asked so often within two minutes, and then told`(limit: Int) async throws {
        let clock = Clock()
        let desk = StepUpDesk(counter: ChallengeCounter(limit: limit, now: clock.now))
        for _ in 0..<limit { #expect(isChallenged(try await call(desk))) }
        #expect(message(try await call(desk))?.contains("epic:read, epic:write") == true)
        // Others, another tool and another client are asked all the same.
        #expect(isChallenged(try await call(desk, "start")))
        let bob = Principal(issuer: "i", subject: "bob", client: "app")
        #expect(isChallenged(try await call(desk, by: bob)))
        let other = Principal(issuer: "i", subject: "ada", client: "other")
        #expect(isChallenged(try await call(desk, by: other)))
        clock.advance(by: 119)
        #expect(message(try await call(desk)) != nil)
        clock.advance(by: 1)
        #expect(isChallenged(try await call(desk)))
    }

    @Test func `who needs a recent login is remembered, and a program is told at once`() async throws {
        let (demands, stepUp) = (Demands(), StepUp(scopes: ["epic:read"], maximumAuthenticationAge: 60))
        let desk = StepUpDesk(logins: demands)
        #expect(isChallenged(try await call(desk, by: Self.ada, stepUp)))
        #expect(isChallenged(try await call(desk)), "without an age nobody needs to log in anew")
        let bot = Principal(issuer: "i", subject: "bot", client: "bot")
        #expect(message(try await call(desk, by: bot, stepUp))?.contains("recent login") == true)
        #expect(isChallenged(try await call(desk, by: bot)))
        #expect(demands.all.withLock { $0 } == ["ada 60"])
    }

    @Test func `more callers than are remembered are all asked`() async throws {
        let desk = StepUpDesk(counter: ChallengeCounter(limit: 1))
        for number in 0..<10_001 {
            let caller = Principal(issuer: "i", subject: "\(number)")
            let outcome = try await call(desk, by: caller)
            if !isChallenged(outcome) { Issue.record("\(number) is not asked") }
        }
        #expect(isChallenged(try await call(desk, by: Principal(issuer: "i", subject: "10000"))))
        #expect(!isChallenged(try await call(desk, by: Principal(issuer: "i", subject: "1"))))
    }
}
