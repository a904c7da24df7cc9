import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("A call inside a call")
struct WrappedCallTests {
    /// Answers with its name and arguments.
    private struct Provider: ToolProvider {
        func call(_ call: ProviderCall) async -> ProviderReply {
            .result(ProviderResult(structured: Array("[\"\(call.tool)\",".utf8) + call.arguments + Array("]".utf8)))
        }
    }

    private struct Routes: ToolRouting {
        func route(toTool name: String, in view: View) -> ToolRoute? {
            let (namespace, localName) = (name.prefix { $0 != "_" }, name.drop { $0 != "_" }.dropFirst())
            let wrapper: JSONValue = [
                "type": "object",
                "properties": [
                    "name": ["type": "string"], "arguments": ["type": "object", "additionalProperties": true],
                ],
                "required": ["name"],
            ]
            let echo: JSONValue = ["type": "object", "properties": ["text": ["type": "string"]]]
            let wraps = name == "beamline_call_tool"
            guard ["call_tool", "find_tools", "echo", "hidden", "scoped", "wipe"].contains(localName),
                let input = try? JSONSchema(compiling: wraps ? wrapper : echo, options: .toolInput)
            else { return nil }
            return ToolRoute(
                item: ItemReference(kind: .tool, namespace: String(namespace), localName: String(localName)),
                provider: Provider(),
                input: input,
                timeout: nil,
                isReadOnly: true,
                isDestructive: localName == "wipe",
                wrapsCall: wraps
            )
        }
    }

    private struct Decides: PolicyDeciding {
        func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
            switch item.localName {
            case "echo", "wipe": .allowed
            case "scoped": .challenge(StepUp(scopes: ["epic:write"]))
            default: .hidden
            }
        }

        func visibility(for principal: Principal) -> Visibility { Visibility([true]) }
    }

    private final class Audit: Auditing {
        let events = Mutex<[AuditEvent]>([])

        func record(_ event: AuditEvent) { events.withLock { $0.append(event) } }
    }

    private let audit = Audit()

    private func call(_ name: String, _ arguments: String) async throws -> ToolCallOutcome {
        let pipeline = CallPipeline(routing: Routes(), policy: Decides(), audit: audit)
        return await pipeline.perform(
            ToolCall(
                requestID: RequestID(),
                principal: Principal(issuer: "i", subject: "s"),
                view: View(path: "/mcp", namespaces: nil, isPrefixed: true),
                name: name,
                arguments: try JSONDocument(parsing: Array(arguments.utf8)).root
            )
        )
    }

    private var audited: [String] {
        audit.events.withLock { $0.map { "\($0.item?.outsideName ?? "nothing") \($0.outcome)" } }
    }

    @Test(arguments: [
        (#"{"name":"epic_echo","arguments":{ "text" : "é" }}"#, #"["echo",{ "text" : "é" }]"#),
        (#"{"name":"epic_echo"}"#, #"["echo",{}]"#),
        (#"{"name":"epic_echo","arguments":null}"#, #"["echo",{}]"#),
    ])
    func `is the call inside, to the byte, and is noted once as that`(arguments: String, answer: String) async throws {
        guard case .result(let result) = try await call("beamline_call_tool", arguments) else {
            Issue.record("no result")
            return
        }
        #expect(String(decoding: result.structured, as: UTF8.self) == answer)
        #expect(audited == ["epic_echo ok"])
    }

    @Test(arguments: ["epic_nothing", "epic_hidden", "beamline_find_tools", "beamline_call_tool"])
    func `of what is hidden, unknown or the gateway's own is of an unknown tool`(name: String) async throws {
        guard case .unknownTool(let unknown) = try await call("beamline_call_tool", #"{"name":"\#(name)"}"#) else {
            Issue.record("\(name) is called")
            return
        }
        #expect(unknown == name)
        #expect(audited == ["nothing unknown_item"])
    }

    @Test func `does not go deeper`() async throws {
        let inner = #"{"name":"beamline_call_tool","arguments":{"name":"epic_echo"}}"#
        guard case .unknownTool = try await call("beamline_call_tool", inner) else {
            Issue.record("a call in a call in a call")
            return
        }
    }

    @Test func `is decided as the call inside`() async throws {
        guard case .challenge(let stepUp) = try await call("beamline_call_tool", #"{"name":"epic_scoped"}"#) else {
            Issue.record("no challenge")
            return
        }
        #expect(stepUp.scopes == ["epic:write"])
        guard case .failure(let error) = try await call("beamline_call_tool", #"{"name":"epic_wipe"}"#) else {
            Issue.record("it is wiped")
            return
        }
        #expect(error.code == .approvalRequired)
        #expect(audited == ["epic_scoped challenged", "epic_wipe approval_required"])
    }

    @Test(arguments: [
        (#"{"name":"epic_echo","arguments":{"text":1}}"#, "text: ", "epic_echo"),
        (#"{"name":"epic_echo","arguments":{"test":"x"}}"#, "text", "epic_echo"),
        (#"{"arguments":{}}"#, "name", "beamline_call_tool"),
        (#"{"name":"epic_echo","arguments":[]}"#, "arguments: ", "beamline_call_tool"),
        (#"{"name":"epic_echo","argument":{}}"#, "arguments", "beamline_call_tool"),
    ])
    func `with wrong arguments names what is wrong`(arguments: String, word: String, item: String) async throws {
        guard case .failure(let error) = try await call("beamline_call_tool", arguments) else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .invalidArgument && error.message.contains(word), "\(error.message)")
        #expect(audited == ["\(item) invalid_argument"])
    }

    @Test func `the gateway's own tools are for everybody, whatever the rules say`() async throws {
        guard case .result = try await call("beamline_find_tools", "{}") else {
            Issue.record("no result")
            return
        }
        #expect(audited == ["beamline_find_tools ok"])
    }
}
