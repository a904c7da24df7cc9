import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

/// Who is let through before a person is asked.
@Suite("The last word on control")
struct ControlGateTests {
    private static let control: Set = [
        "swf_start_workflow", "swf_stop_workflow", "swf_end_execution", "swf_start_user_testbed",
        "swf_stop_user_testbed", "swf_kill_agent", "swf_send_message", "swf_record_ai_memory",
    ]

    private func verdict(
        _ name: String,
        _ arguments: JSONValue = [:],
        by caller: Caller
    ) async throws -> Authorization {
        let testbed = StandInTestbed { state in
            state.executions.append(.init(id: "run-1", namespace: "east"))
        }
        let context = CallContext(caller: caller, now: SampleSite.now, host: testbed.host)
        return try await EPIC(configuration: .init()).authorize(
            AuthorizationRequest(
                kind: .tool,
                name: name,
                arguments: try JSONDocument(parsing: arguments.serialized).root
            ),
            in: context
        )
    }

    @Test(
        arguments: [
            ("swf_start_workflow", [:]), ("swf_start_workflow", ["namespace": "east"]),
            ("swf_stop_workflow", ["execution_id": "run-1"]), ("swf_end_execution", ["execution_id": "run-1"]),
            ("swf_start_user_testbed", [:]), ("swf_stop_user_testbed", ["username": "ada"]),
            ("swf_kill_agent", ["name": "daq_simulator-agent-ada-1"]), ("swf_send_message", ["message": "x"]),
            ("swf_record_ai_memory", ["session_id": "s", "role": "user", "content": "x", "username": "ada"]),
        ] as [(String, JSONValue)]
    )
    func `everybody may steer their own, and operators all`(name: String, arguments: JSONValue) async throws {
        #expect(try await verdict(name, arguments, by: TestbedCaller.ada) == .allowed)
        guard arguments != [:] else { return }
        #expect(try await verdict(name, arguments, by: TestbedCaller.op) == .allowed)
        guard name != "swf_send_message" else { return }
        guard case .refused(let reason) = try await verdict(name, arguments, by: TestbedCaller.bob) else {
            Issue.record("bob may call \(name)")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test(
        arguments: [
            ("swf_stop_workflow", ["execution_id": "none"]), ("swf_kill_agent", ["name": "none"]),
            ("swf_start_workflow", ["config": "../x"]),
        ] as [(String, JSONValue)]
    )
    func `what is wrong with a call the tool itself says`(name: String, arguments: JSONValue) async throws {
        #expect(try await verdict(name, arguments, by: TestbedCaller.ada) == .allowed)
    }

    @Test func `a name that nobody knows is nobody's`() async throws {
        guard case .refused = try await verdict("panda_list_jobs", by: TestbedCaller.op) else {
            Issue.record("anything may be called")
            return
        }
    }

    @Test func `what changes something needs the scope for it, and what starts or ends something is destructive`() {
        let manifest = EPIC.manifest.document
        let rules = manifest["auth"]?["rules"]?.array ?? []
        for name in Self.control {
            let rule = rules.first { $0["match"]?.string == name }
            #expect(rule?["narrow"] == true && rule?["call"]?["scope"] == ["write"], "\(name)")
        }
        for tool in manifest["tools"]?.array ?? [] {
            let name = tool["name"]?.string ?? ""
            let hints = tool["annotations"]
            #expect(hints?["readOnlyHint"] == .bool(!Self.control.contains(name)), "\(name)")
            let isGentle = !Self.control.contains(name) || ["swf_send_message", "swf_record_ai_memory"].contains(name)
            #expect(hints?["destructiveHint"] == .bool(!isGentle), "\(name)")
        }
    }

    @Test func `a caller is told of the tools it may use`() async throws {
        let host = StandInTestbed().host
        let all = try await call("swf_list_available_tools", on: host, caller: TestbedCaller.ada)
        #expect(Self.control.isSubset(of: all.texts("name")))
        let reader = Caller(issuer: "i", subject: "s", username: "ada", roles: ["user"], scopes: ["read"])
        let some = try await call("swf_list_available_tools", on: host, caller: reader)
        #expect(Self.control.isDisjoint(with: some.texts("name")))
        #expect(some.items.count == EPIC.manifest.tools.count - Self.control.count)
    }

    @Test func `what a site's rules keep from a caller is not told of`() async throws {
        let host = SourcesInMemory(callable: ["swf_get_run", "swf_stop_workflow"])
        let writer = try await call("swf_list_available_tools", on: host, caller: TestbedCaller.ada)
        #expect(writer.texts("name") == ["swf_get_run", "swf_stop_workflow"])
        let reader = Caller(issuer: "i", subject: "s", username: "ada", roles: ["user"], scopes: ["read"])
        #expect(try await call("swf_list_available_tools", on: host, caller: reader).texts("name") == ["swf_get_run"])
    }
}
