import GatewayCore
import JSON
import Synchronization
import Testing

/// Calls that a rule allows and leaves the last word on to the provider.
@Suite("The last word on a call")
struct LastWordTests {
    private final class Provider: ToolProvider, ItemProvider {
        struct Record {
            var asked: [NarrowingRequest] = []
            var calls = 0
        }

        let record = Mutex(Record())
        let verdict: NarrowingVerdict

        init(_ verdict: NarrowingVerdict) {
            self.verdict = verdict
        }

        func verdict(on request: NarrowingRequest) async -> NarrowingVerdict {
            record.withLock { $0.asked.append(request) }
            return verdict
        }

        func call(_ call: ProviderCall) async -> ProviderReply {
            record.withLock { $0.calls += 1 }
            return .result(ProviderResult(structured: Array("{}".utf8)))
        }

        func answer(_ request: ItemRequest) async -> ItemReply {
            record.withLock { $0.calls += 1 }
            return .result(structured: Array(#"{"contents":[],"messages":[],"values":[]}"#.utf8), meta: [])
        }

        var calls: Int { record.withLock { $0.calls } }
        var asked: [NarrowingRequest] { record.withLock { $0.asked } }
    }

    /// One that was never made to be asked.
    private struct Unaware: ToolProvider {
        func call(_ call: ProviderCall) async -> ProviderReply {
            .result(ProviderResult(structured: Array("{}".utf8)))
        }
    }

    private struct Routes: ToolRouting, ItemRouting {
        let tools: any ToolProvider
        let items: Provider?

        func route(toTool name: String, in view: View) -> ToolRoute? {
            let schema: JSONValue = ["type": "object", "properties": ["task": ["type": "integer"]]]
            guard let input = try? JSONSchema(compiling: schema, options: .toolInput) else { return nil }
            let item = ItemReference(kind: .tool, namespace: "epic", localName: "retry")
            return ToolRoute(item: item, provider: tools, input: input, timeout: nil, isReadOnly: false)
        }

        func route(toResource uri: String, in view: View) -> ItemRoute? {
            items.map {
                ItemRoute(
                    item: ItemReference(kind: .resource, namespace: "epic", localName: "task:{id}"),
                    provider: $0,
                    localName: "task:7",
                    variables: ["id": "7"]
                )
            }
        }

        func route(toTemplate template: String, in view: View) -> ItemRoute? { route(toResource: template, in: view) }

        func route(toPrompt name: String, in view: View) -> ItemRoute? { nil }
    }

    private struct Decides: PolicyDeciding {
        let decision: PolicyDecision
        let isLeft: Bool

        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision { decision }

        func leavesLastWord(on item: ItemReference) -> Bool { isLeft }

        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private struct Audit: Auditing {
        func record(_ event: AuditEvent) {}
    }

    private static let view = View(path: "/mcp", namespaces: nil, isPrefixed: true)

    private static func call(
        _ provider: any ToolProvider,
        _ decision: PolicyDecision = .allowed,
        isLeft: Bool = true,
        limits: CallLimits = CallLimits()
    ) async throws -> ToolCallOutcome {
        let pipeline = CallPipeline(
            routing: Routes(tools: provider, items: nil),
            policy: Decides(decision: decision, isLeft: isLeft),
            audit: Audit(),
            limits: limits
        )
        return await pipeline.perform(
            ToolCall(
                requestID: RequestID(),
                principal: Principal(issuer: "i", subject: "s"),
                view: view,
                name: "epic_retry",
                arguments: try JSONDocument(parsing: Array(#"{"task":7}"#.utf8)).root,
                interaction: Interaction(abilities: .form)
            )
        )
    }

    private static func ask(_ provider: Provider, _ question: ItemRequest.Question) async -> ItemOutcome {
        let limits = CallLimits()
        let pipeline = ItemPipeline(
            routing: Routes(tools: provider, items: provider),
            policy: Decides(decision: .allowed, isLeft: true),
            audit: Audit(),
            limits: limits,
            admission: CallAdmission(limits: limits)
        )
        return await pipeline.perform(
            ItemCall(
                requestID: RequestID(),
                principal: Principal(issuer: "i", subject: "s"),
                view: view,
                target: .resource("epic+task:7"),
                question: question,
                body: Array("{}".utf8)
            )
        )
    }

    @Test func `a refusal is forbidden in the provider's words, and the tool does not run`() async throws {
        let provider = Provider(.refused(reason: "Task 7 is not yours."))
        guard case .failure(let error) = try await Self.call(provider) else {
            Issue.record("not refused")
            return
        }
        #expect(error == GatewayError(.forbidden, "Task 7 is not yours."))
        #expect(provider.calls == 0)
        #expect(provider.asked.map(\.name) == ["retry"])
        #expect(provider.asked.map { Array($0.arguments) } == [Array(#"{"task":7}"#.utf8)])
    }

    @Test func `an allowed call goes on`() async throws {
        let provider = Provider(.allowed)
        guard case .result = try await Self.call(provider) else {
            Issue.record("refused")
            return
        }
        #expect(provider.calls == 1)
    }

    @Test func `a provider is not asked where no rule leaves it the last word`() async throws {
        let provider = Provider(.refused(reason: nil))
        guard case .result = try await Self.call(provider, isLeft: false) else {
            Issue.record("refused")
            return
        }
        #expect(provider.asked.isEmpty)
    }

    @Test func `a provider cannot allow what the rule does not`() async throws {
        let provider = Provider(.allowed)
        for decision in [PolicyDecision.hidden, .denied(missingRoles: ["epic.user"]), .challenge(StepUp(scopes: []))] {
            if case .result = try await Self.call(provider, decision) { Issue.record("\(decision) became a result") }
        }
        #expect(provider.asked.isEmpty)
        #expect(provider.calls == 0)
    }

    @Test func `nobody is asked to agree to a call that is refused anyway`() async throws {
        guard case .failure(let error) = try await Self.call(Provider(.refused(reason: nil)), .needsConsent) else {
            Issue.record("not refused")
            return
        }
        #expect(error.code == .forbidden)
        guard case .question = try await Self.call(Provider(.allowed), .needsConsent) else {
            Issue.record("not asked")
            return
        }
    }

    @Test func `a provider that cannot be asked has not allowed anything`() async throws {
        guard case .failure(let error) = try await Self.call(Unaware()) else {
            Issue.record("not refused")
            return
        }
        #expect(error.code == .forbidden)
    }

    @Test func `a provider has two seconds for its verdict unless the site says otherwise`() async throws {
        let provider = Provider(.allowed)
        _ = try await Self.call(provider)
        #expect(try #require(provider.asked.first).deadline <= .after(.seconds(2)))
        _ = try await Self.call(provider, limits: CallLimits(authorizeTimeout: .seconds(20)))
        #expect(try #require(provider.asked.last).deadline > .after(.seconds(2)))
    }

    @Test func `a resource is read only with the provider's word, and values are suggested without`() async throws {
        let refusing = Provider(.refused(reason: nil))
        guard case .failure(let error) = await Self.ask(refusing, .read) else {
            Issue.record("not refused")
            return
        }
        #expect(error.code == .forbidden)
        #expect(refusing.asked.map(\.name) == ["task:7"])
        let arguments = try JSONValue(parsing: Array(try #require(refusing.asked.first).arguments))
        #expect(arguments == ["template": "task:{id}", "variables": ["id": "7"]])
        guard case .result = await Self.ask(refusing, .complete) else {
            Issue.record("values need no verdict")
            return
        }
        guard case .result = await Self.ask(Provider(.allowed), .read) else {
            Issue.record("refused")
            return
        }
    }
}
