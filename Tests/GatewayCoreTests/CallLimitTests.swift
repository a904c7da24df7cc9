import GatewayCore
import JSON
import Synchronization
import TestSupport
import Testing

@Suite("Limits on the path of a call")
struct CallLimitTests {
    /// Answers when the call is cancelled, or at once.
    private final class Provider: ToolProvider {
        let calls = Mutex(0)
        let waits: Bool

        init(waits: Bool) {
            self.waits = waits
        }

        func call(_ call: ProviderCall) async -> ProviderReply {
            calls.withLock { $0 += 1 }
            if waits {
                let (stream, continuation) = AsyncStream<Never>.makeStream()
                await withTaskCancellationHandler {
                    for await _ in stream {}
                } onCancel: {
                    continuation.finish()
                }
            }
            return .result(ProviderResult(structured: Array("{}".utf8)))
        }
    }

    private struct Routes: ToolRouting {
        let provider: Provider
        let input: JSONSchema

        func route(toTool name: String, in view: View) -> ToolRoute? {
            ToolRoute(
                item: ItemReference(kind: .tool, namespace: "epic", localName: name),
                provider: provider,
                input: input,
                timeout: nil,
                isReadOnly: true
            )
        }
    }

    private struct Allows: PolicyDeciding {
        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision { .allowed }

        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private final class Audit: Auditing {
        let outcomes = Mutex<[AuditEvent.Outcome]>([])

        func record(_ event: AuditEvent) { outcomes.withLock { $0.append(event.outcome) } }
    }

    private struct Scene {
        let provider: Provider
        let audit = Audit()
        let pipeline: CallPipeline

        init(waits: Bool, limits: CallLimits) throws {
            provider = Provider(waits: waits)
            let input = try JSONSchema(compiling: ["type": "object", "additionalProperties": false])
            pipeline = CallPipeline(
                routing: Routes(provider: provider, input: input),
                policy: Allows(),
                audit: audit,
                limits: limits
            )
        }

        func call(_ arguments: String = "{}") async throws -> ToolCallOutcome {
            await pipeline.perform(
                ToolCall(
                    requestID: RequestID(),
                    principal: Principal(issuer: "i", subject: "s"),
                    view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                    name: "echo",
                    arguments: try JSONDocument(parsing: Array(arguments.utf8)).root
                )
            )
        }

        func code(_ arguments: String = "{}") async throws -> ErrorCode? {
            guard case .failure(let error) = try await call(arguments) else { return nil }
            return error.code
        }

        var callCount: Int { provider.calls.withLock { $0 } }
    }

    @Test func `one call too many is a tool error before the provider hears of it, and a cancelled one makes room`()
        async throws
    {
        let scene = try Scene(waits: true, limits: CallLimits(concurrentPerPrincipal: 1))
        let running = Task { try await scene.code() }
        await Polling.until { scene.callCount >= 1 }
        #expect(try await scene.code() == .rateLimited)
        #expect(scene.callCount == 1)
        #expect(scene.pipeline.admission.load.running == 1)
        running.cancel()
        #expect(try await running.value == nil)
        #expect(scene.pipeline.admission.load.running == 0)
        #expect(scene.audit.outcomes.withLock { $0 } == [.failed(.rateLimited), .cancelled])
    }

    @Test func `calls that end, also in errors, hold no place`() async throws {
        let scene = try Scene(waits: false, limits: CallLimits(concurrentCalls: 1))
        for _ in 0..<3 {
            #expect(try await scene.code() == nil)
            #expect(try await scene.code(#"{"x":1}"#) == .invalidArgument)
        }
        #expect(scene.callCount == 3)
        #expect(scene.pipeline.admission.load.running == 0)
    }
}
