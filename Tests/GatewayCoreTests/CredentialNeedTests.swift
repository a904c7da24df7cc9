import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("Calls that miss something to be done for their caller")
struct CredentialNeedTests {
    /// A tool whose source misses something as long as there is a refusal.
    private final class Provider: ToolProvider {
        let needs: CredentialNeeds
        let refusal: CredentialRefusal?
        let reply: ProviderReply
        let calls = Mutex(0)

        init(_ needs: CredentialNeeds, _ refusal: CredentialRefusal?, _ reply: ProviderReply) {
            self.needs = needs
            self.refusal = refusal
            self.reply = reply
        }

        func call(_ call: ProviderCall) async -> ProviderReply {
            calls.withLock { $0 += 1 }
            if let refusal { needs.note(refusal, in: call.requestID) }
            return reply
        }
    }

    private struct Routes: ToolRouting {
        let provider: Provider
        let isReadOnly: Bool

        func route(toTool name: String, in view: View) -> ToolRoute? {
            guard let input = try? JSONSchema(compiling: ["type": "object"], options: .toolInput) else { return nil }
            return ToolRoute(
                item: ItemReference(kind: .tool, namespace: "epic", localName: "jobs"),
                provider: provider,
                input: input,
                timeout: nil,
                isReadOnly: isReadOnly,
                isDestructive: false,
                edition: "1"
            )
        }
    }

    private struct Allows: PolicyDeciding {
        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision { .allowed }
        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private struct NoAudit: Auditing {
        func record(_ event: AuditEvent) {}
    }

    private static let page = "https://gw.example/account/token/panda"
    private static let refusal = CredentialRefusal(.noToken, label: "PanDA", page: page)
    private static let failed = ProviderReply.failure(GatewayError(.forbidden, "the plugin's own words"))

    private func outcome(
        _ refusal: CredentialRefusal? = refusal,
        _ reply: ProviderReply = failed,
        _ interaction: Interaction = Interaction(abilities: .link),
        isReadOnly: Bool = true
    ) async throws -> ToolCallOutcome {
        let needs = CredentialNeeds()
        let pipeline = CallPipeline(
            routing: Routes(provider: Provider(needs, refusal, reply), isReadOnly: isReadOnly),
            policy: Allows(),
            audit: NoAudit(),
            needs: needs
        )
        return await pipeline.perform(
            ToolCall(
                requestID: RequestID(),
                principal: Principal(issuer: "https://i", subject: "ada", client: "app"),
                view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                name: "epic_jobs",
                arguments: try JSONDocument(parsing: Array("{}".utf8)).root,
                interaction: interaction
            )
        )
    }

    private func error(_ outcome: ToolCallOutcome) -> GatewayError? {
        if case .failure(let error) = outcome { error } else { nil }
    }

    @Test func `a client that can is asked to have its user open the page`() async throws {
        guard case .question(let question) = try await outcome() else {
            Issue.record("nothing was asked")
            return
        }
        let input = try #require(question.inputs.first)
        #expect(question.inputs.count == 1 && input.key == "beamline_link" && input.kind == .link)
        let parameters = try JSONValue(parsing: input.parameters)
        #expect(parameters["mode"] == "url" && parameters["url"] == .string(Self.page))
        #expect(parameters["message"]?.string?.contains("a token of yours for PanDA") == true)
        #expect(question.missing.isEmpty)
    }

    @Test func `another one is told where the page is, whatever the plugin says`() async throws {
        let error = try #require(error(try await outcome(Self.refusal, Self.failed, Interaction())))
        #expect(error == Self.refusal.error)
        #expect(error.code == .forbidden && error.hint == "Give one at \(Self.page), then call again.")
        let said = ProviderReply.result(ProviderResult(structured: Array("{}".utf8), isError: true))
        #expect(self.error(try await outcome(Self.refusal, said, Interaction())) == Self.refusal.error)
    }

    @Test func `nobody is asked twice in one call, and who declines is told`() async throws {
        for action in ["accept", "decline", "cancel"] {
            let answers = Array(#"{"beamline_link": {"action": "\#(action)"}}"#.utf8)
            let interaction = Interaction(abilities: .link, answers: answers, edition: "1")
            #expect(error(try await outcome(Self.refusal, Self.failed, interaction)) == Self.refusal.error)
        }
    }

    @Test func `a call that may have changed something does not begin again by itself`() async throws {
        #expect(error(try await outcome(isReadOnly: false)) == Self.refusal.error)
    }

    @Test func `who cannot mend it is not sent anywhere`() async throws {
        for reason in [CredentialRefusal.Reason.noPerson, .onlyReads, .unavailable] {
            let refusal = CredentialRefusal(reason, label: "PanDA")
            #expect(error(try await outcome(refusal)) == refusal.error)
            #expect(refusal.error.code == (reason == .unavailable ? .unavailable : .forbidden))
        }
    }

    @Test func `a call that came to its end without is left as it is`() async throws {
        let good = ProviderReply.result(ProviderResult(structured: Array(#"{"partial": true}"#.utf8)))
        guard case .result(let result) = try await outcome(Self.refusal, good) else {
            Issue.record("it did not pass")
            return
        }
        #expect(String(decoding: result.structured, as: UTF8.self) == #"{"partial": true}"#)
        #expect(error(try await outcome(nil))?.message == "the plugin's own words")
    }
}
