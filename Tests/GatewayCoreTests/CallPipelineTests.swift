import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("The path of a call")
struct CallPipelineTests {
    /// Answers with its arguments, or as it was told, and counts its calls.
    private final class Provider: ToolProvider {
        let calls = Mutex<[ProviderCall]>([])
        let reply: ProviderReply?

        init(reply: ProviderReply? = nil) {
            self.reply = reply
        }

        func call(_ call: ProviderCall) async -> ProviderReply {
            calls.withLock { $0.append(call) }
            return reply ?? .result(ProviderResult(structured: Array(call.arguments)))
        }
    }

    private struct Routes: ToolRouting {
        let provider: Provider
        let timeout: Duration?

        func route(toTool name: String, in view: View) -> ToolRoute? {
            guard name == "epic_echo" else { return nil }
            let schema: JSONValue = [
                "type": "object", "properties": ["text": ["type": "string"]], "required": ["text"],
            ]
            guard let input = try? JSONSchema(compiling: schema, options: .toolInput) else { return nil }
            return ToolRoute(
                item: ItemReference(kind: .tool, namespace: "epic", localName: "echo"),
                provider: provider,
                input: input,
                timeout: timeout,
                isReadOnly: true
            )
        }
    }

    private struct Decides: PolicyDeciding {
        let decision: PolicyDecision

        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision { decision }

        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private final class Audit: Auditing {
        let events = Mutex<[AuditEvent]>([])

        func record(_ event: AuditEvent) { events.withLock { $0.append(event) } }
    }

    private struct Scene {
        let provider: Provider
        let audit = Audit()
        let pipeline: CallPipeline

        init(
            _ decision: PolicyDecision = .allowed,
            reply: ProviderReply? = nil,
            timeout: Duration? = nil,
            limits: CallLimits = CallLimits()
        ) {
            provider = Provider(reply: reply)
            pipeline = CallPipeline(
                routing: Routes(provider: provider, timeout: timeout),
                policy: Decides(decision: decision),
                audit: audit,
                limits: limits
            )
        }

        func call(_ name: String = "epic_echo", _ arguments: String = #"{"text":"x"}"#) async throws -> ToolCallOutcome
        {
            await pipeline.perform(
                ToolCall(
                    requestID: RequestID(),
                    principal: Principal(issuer: "i", subject: "s"),
                    view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                    name: name,
                    arguments: try JSONDocument(parsing: Array(arguments.utf8)).root
                )
            )
        }

        var outcomes: [AuditEvent.Outcome] { audit.events.withLock { $0.map(\.outcome) } }
        var callCount: Int { provider.calls.withLock { $0.count } }
    }

    @Test func `an allowed call reaches the provider under the local name with the client's own bytes`() async throws {
        let scene = Scene()
        guard case .result(let result) = try await scene.call("epic_echo", #"{ "text" : "é" }"#) else {
            Issue.record("no result")
            return
        }
        #expect(result.structured == Array(#"{ "text" : "é" }"#.utf8))
        #expect(scene.provider.calls.withLock { $0.map(\.tool) } == ["echo"])
        #expect(scene.outcomes == [.answered])
    }

    @Test func `a hidden tool and one that does not exist end alike, also in the audit`() async throws {
        let hidden = Scene(.hidden)
        guard case .unknownTool = try await hidden.call() else {
            Issue.record("the hidden tool shows")
            return
        }
        let absent = Scene()
        guard case .unknownTool = try await absent.call("epic_nothing") else {
            Issue.record("a tool out of nothing")
            return
        }
        #expect(hidden.callCount == 0)
        #expect(hidden.audit.events.withLock { $0.map(\.item) } == [nil])
        #expect(hidden.outcomes == absent.outcomes)
    }

    @Test func `a missing role is a tool error that names the role, and the provider hears nothing`() async throws {
        let scene = Scene(.denied(missingRoles: ["epic.operator"]))
        guard case .failure(let error) = try await scene.call() else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .forbidden)
        #expect(error.message.contains("epic.operator"))
        #expect(scene.callCount == 0)
    }

    @Test func `a missing scope is a challenge`() async throws {
        let scene = Scene(.challenge(StepUp(scopes: ["epic:write"])))
        guard case .challenge(let stepUp) = try await scene.call() else {
            Issue.record("no challenge")
            return
        }
        #expect(stepUp.scopes == ["epic:write"])
        #expect(scene.outcomes == [.challenged])
        #expect(scene.callCount == 0)
    }

    @Test func `arguments that do not fit never reach the provider, and all faults are named`() async throws {
        let scene = Scene()
        guard case .failure(let error) = try await scene.call("epic_echo", #"{"text":1,"tex":2}"#) else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains("text: "))
        #expect(error.message.contains("tex"))
        #expect(scene.callCount == 0)
    }

    @Test(arguments: [(9, true), (10, true), (11, false)])
    func `a result up to the cap is passed on, one byte more is not`(size: Int, isPassed: Bool) async throws {
        let result = ProviderResult(structured: [UInt8](repeating: UInt8(ascii: "1"), count: size))
        let scene = Scene(reply: .result(result), limits: CallLimits(resultCapBytes: 10))
        switch try await scene.call() {
        case .result: #expect(isPassed)
        case .failure(let error): #expect(!isPassed && error.code == .tooLarge)
        default: Issue.record("neither")
        }
    }

    @Test(
        arguments: [
            (nil, 30), (Duration.seconds(5), 5), (Duration.seconds(500), 120),
        ] as [(Duration?, Int)]
    )
    func `a call's deadline is the tool's own, the default, and never beyond the longest`(
        own: Duration?,
        expected: Int
    ) async throws {
        let scene = Scene(timeout: own)
        _ = try await scene.call()
        let remaining = try #require(scene.provider.calls.withLock { $0.first?.deadline.remaining })
        #expect(remaining <= .seconds(expected) && remaining > .seconds(expected - 4))
    }
}
