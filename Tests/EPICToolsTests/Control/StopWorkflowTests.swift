import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

/// What ends executions: by their runners, and in the records alone.
@Suite("swf_stop_workflow and swf_end_execution")
struct StopWorkflowTests {
    private func testbed(
        _ change: (inout StandInTestbed.State) -> Void = { _ in },
        stops: Bool = true
    ) -> StandInTestbed {
        StandInTestbed { state in
            state.executions += [
                .init(id: "run-1", namespace: "east"), .init(id: "run-2", namespace: "west", user: "bob"),
                .init(id: "lone-1", namespace: nil, user: "ada"), .init(id: "lone-2", namespace: nil, user: "bob"),
            ]
            change(&state)
        } react: { sent, state in
            guard stops, let id = sent.body["execution_id"]?.string else { return }
            for index in state.executions.indices where state.executions[index].id == id {
                state.executions[index].status = "terminated"
            }
        }
    }

    @Test func `a running execution is stopped, and it is looked whether it was`() async throws {
        let testbed = testbed()
        let host = testbed.host
        let answer = try await testbed.call("swf_stop_workflow", ["execution_id": "run-1"], on: host)
        #expect(answer["old_status"] == "running" && answer["new_status"] == "terminated")
        #expect(answer["end_time"] == "2026-11-21T04:30:00Z" && answer["namespace"] == "east")
        let sent = try #require(host.sent.first)
        #expect(sent.destination == "/queue/workflow_control")
        #expect(
            sent.body == [
                "msg_type": "stop_workflow", "execution_id": "run-1", "namespace": "east",
                "timestamp": "2026-11-21T05:00:00+00:00", "source": "mcp",
            ]
        )
    }

    @Test func `one that goes on is said to`() async {
        let testbed = testbed(stops: false)
        let host = testbed.host
        let error = await testbed.refusal("swf_stop_workflow", ["execution_id": "run-1"], on: host)
        #expect(error?.code == .timeout && error?.message.hasSuffix("the execution still runs.") == true)
        #expect(host.sent.count == 5)
    }

    @Test func `the records of one whose runner is gone are changed by the monitor`() async throws {
        let testbed = testbed()
        let host = testbed.host
        let answer = try await testbed.call("swf_end_execution", ["execution_id": "run-1"], on: host)
        #expect(answer["old_status"] == "running" && answer["new_status"] == "terminated")
        let request = try #require(host.requests.first)
        #expect(request.source == "testbed_api" && request.method == "PATCH")
        #expect(request.path == "/api/workflow-executions/run-1/")
        #expect(request.body == ["status": "terminated", "end_time": "2026-11-21T05:00:00Z"])
        #expect(host.sent.isEmpty)
    }

    @Test(arguments: [(400, ToolError.Code.conflict), (401, .unavailable), (404, .notFound), (500, .unavailable)])
    func `a monitor that does not take it is said so`(status: Int, code: ToolError.Code) async {
        let testbed = testbed { $0.monitorStatus = status }
        #expect(await testbed.refusal("swf_end_execution", ["execution_id": "run-1"])?.code == code)
    }

    @Test(arguments: ["swf_stop_workflow", "swf_end_execution"])
    func `only what runs can be ended, by whose it is`(tool: String) async throws {
        let testbed = testbed()
        let host = testbed.host
        let cases: [(String, Caller, ToolError.Code)] = [
            ("run-2", TestbedCaller.ada, .forbidden), ("run-1", TestbedCaller.bob, .forbidden),
            ("run-1", TestbedCaller.user(nil), .forbidden), ("old-1", TestbedCaller.ada, .conflict),
            ("none", TestbedCaller.ada, .notFound), ("a b", TestbedCaller.ada, .invalidArgument),
            ("../x", TestbedCaller.ada, .invalidArgument), ("", TestbedCaller.ada, .invalidArgument),
            ("a/b", TestbedCaller.ada, .invalidArgument),
        ]
        for (id, caller, code) in cases {
            let error = await testbed.refusal(tool, ["execution_id": .string(id)], by: caller, on: host)
            #expect(error?.code == code, "\(id): \(String(describing: error))")
        }
        #expect(host.sent.isEmpty && host.requests.isEmpty)
        let answer = try await testbed.call(tool, ["execution_id": "run-2"], by: TestbedCaller.op)
        #expect(answer["new_status"] == "terminated")
    }

    @Test func `an execution without a namespace is its starter's, and no runner's to stop`() async throws {
        let testbed = testbed()
        #expect(await testbed.refusal("swf_stop_workflow", ["execution_id": "lone-1"])?.code == .conflict)
        #expect(await testbed.refusal("swf_end_execution", ["execution_id": "lone-2"])?.code == .forbidden)
        let answer = try await testbed.call("swf_end_execution", ["execution_id": "lone-1"])
        #expect(answer["new_status"] == "terminated")
    }
}
