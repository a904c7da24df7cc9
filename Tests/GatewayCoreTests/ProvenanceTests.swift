import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("Ids of results")
struct ProvenanceTests {
    private final class Keeper: ProvenanceKeeping {
        let answers = Mutex<[AnsweredCall]>([])

        func keep(_ answer: AnsweredCall) { answers.withLock { $0.append(answer) } }

        func finding(_ id: ProvenanceID, of principal: Principal, values: [String]) async -> ProvenanceFinding {
            .unknown
        }
    }

    private struct Provider: ToolProvider {
        let reply: ProviderReply

        func call(_ call: ProviderCall) async -> ProviderReply { reply }
    }

    private struct Routes: ToolRouting {
        let provider: Provider
        let namespace: String

        func route(toTool name: String, in view: View) -> ToolRoute? {
            guard let input = try? JSONSchema(compiling: ["type": "object"], options: .init()) else { return nil }
            return ToolRoute(
                item: ItemReference(kind: .tool, namespace: namespace, localName: "echo"),
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

    private struct Unheard: Auditing {
        func record(_ event: AuditEvent) {}
    }

    private func result(
        _ reply: ProviderReply,
        _ keeper: Keeper?,
        namespace: String = "epic"
    ) async throws -> ProviderResult? {
        let pipeline = CallPipeline(
            routing: Routes(provider: Provider(reply: reply), namespace: namespace),
            policy: Allows(),
            audit: Unheard(),
            provenance: keeper
        )
        let outcome = await pipeline.perform(
            ToolCall(
                requestID: RequestID(),
                principal: Principal(issuer: "i", subject: "s"),
                view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                name: "epic_echo",
                arguments: try JSONDocument(parsing: Array(#"{ "a": 1 }"#.utf8)).root
            )
        )
        guard case .result(let result) = outcome else { return nil }
        return result
    }

    private func meta(_ result: ProviderResult?) throws -> JSONValue? {
        guard let bytes = result?.meta, !bytes.isEmpty else { return nil }
        return try JSONValue(parsing: bytes)
    }

    @Test(arguments: [false, true])
    func `a result gets an id under which the call is kept`(isError: Bool) async throws {
        let keeper = Keeper()
        let reply = ProviderReply.result(ProviderResult(structured: Array("{}".utf8), isError: isError))
        let result = try await result(reply, keeper)
        let id = try #require(try meta(result)?[ProvenanceID.metaKey]?.string)
        #expect(id.utf8.count == 32 && ProvenanceID(id)?.description == id)
        let kept = try #require(keeper.answers.withLock { $0.first })
        #expect(kept.id.description == id && kept.structured == Array("{}".utf8) && kept.isError == isError)
        #expect(kept.arguments.map(Array.init) == Array(#"{ "a": 1 }"#.utf8))
        #expect(kept.item.outsideName == "epic_echo" && kept.principal.subject == "s")
    }

    @Test func `what a provider says of the same name does not count, and the rest of its metadata stays`() async throws
    {
        let forged = Array(#"{"org.beamline/provenance":"0123","a/b":{"c":1}}"#.utf8)
        let reply = ProviderReply.result(ProviderResult(structured: Array("{}".utf8), meta: forged))
        let kept = try await meta(result(reply, Keeper()))
        #expect(kept?["a/b"] == ["c": 1])
        #expect(kept?[ProvenanceID.metaKey]?.string?.utf8.count == 32)
        #expect(try await meta(result(reply, nil)) == ["a/b": ["c": 1]])
    }

    @Test func `without anybody who keeps them, and for the gateway's own tools, there are no ids`() async throws {
        let reply = ProviderReply.result(ProviderResult(structured: Array("{}".utf8)))
        #expect(try await result(reply, nil)?.meta == [])
        let keeper = Keeper()
        #expect(try await result(reply, keeper, namespace: "beamline")?.meta == [])
        #expect(keeper.answers.withLock { $0.isEmpty })
    }

    @Test(arguments: ["", "0123", String(repeating: "G", count: 32), String(repeating: "A", count: 32)])
    func `what is no id is not read as one`(text: String) {
        #expect(ProvenanceID(text) == nil)
    }
}
