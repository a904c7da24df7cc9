import EPICTools
import JSON
import PluginKit
import PluginTesting
import Synchronization
import Testing

@Suite("swf_start_workflow")
struct StartWorkflowTests {
    private let tool = "swf_start_workflow"

    /// Takes the command that so many others were sent before.
    private func testbed(
        takesAfter lost: Int = 0,
        _ change: (inout StandInTestbed.State) -> Void = { _ in }
    ) -> StandInTestbed {
        let seen = Mutex(0)
        return StandInTestbed(change) { sent, state in
            let count = seen.withLock { seen in
                seen += 1
                return seen
            }
            guard count == lost + 1, let namespace = sent.body["namespace"]?.string else { return }
            state.executions.append(.init(id: "stf_datataking-ada-0002", namespace: namespace))
        }
    }

    @Test func `starts in the caller's testbed and tells which execution that became`() async throws {
        let testbed = testbed()
        let host = testbed.host
        let answer = try await testbed.call(tool, ["stf_count": 5, "stf_interval": 0.5], on: host)
        #expect(answer["execution_id"] == "stf_datataking-ada-0002" && answer["status"] == "running")
        #expect(answer["namespace"] == "east" && answer["success"] == true)
        #expect(answer["params"] == ["stf_count": 5, "stf_interval": 0.5, "namespace": "east"])
        let sent = try #require(host.sent.first)
        #expect(host.sent.count == 1)
        #expect(sent.source == "testbed_broker" && sent.destination == "/queue/workflow_control")
        #expect(
            sent.body == [
                "msg_type": "run_workflow", "namespace": "east", "workflow_name": "stf_datataking",
                "config": "fast_processing_default", "realtime": true, "duration": 0,
                "params": ["stf_count": 5, "stf_interval": 0.5, "namespace": "east"],
                "timestamp": "2026-11-21T05:00:00+00:00", "source": "mcp",
            ]
        )
        // Six looks of a second, and five seconds more.
        #expect(sent.headers["expires"]?.string == String((SampleSite.now.seconds + 11) * 1000))
    }

    @Test func `an argument counts before the file, and the file before habit`() async throws {
        let file = """
            [testbed]
            namespace = "east"
            [workflow]
            name = "other_workflow"
            config = "slow"
            realtime = false
            [parameters]
            stf_count = 3
            extra = "x"
            """
        let testbed = testbed { $0.file = file }
        let answer = try await testbed.call(tool, ["config": "fast", "stf_count": 9, "duration": 60])
        #expect(answer["workflow_name"] == "other_workflow" && answer["config"] == "fast")
        #expect(answer["realtime"] == false)
        #expect(answer["params"] == ["stf_count": 9, "extra": "x", "namespace": "east"])
    }

    @Test func `a command that runners of other testbeds took is sent again`() async throws {
        let testbed = testbed(takesAfter: 2)
        let host = testbed.host
        let answer = try await testbed.call(tool, on: host)
        #expect(answer["execution_id"] == "stf_datataking-ada-0002")
        #expect(host.sent.count == 3)
    }

    @Test func `of two starts at a time one takes the execution for its own`() async throws {
        let testbed = StandInTestbed()
        let tools = try EPIC(configuration: .init(), pace: StandInTestbed.pace).tools
        let start = try #require(tools.first { type(of: $0).description.name == tool })
        let harness: @Sendable (any HostCalling) -> CallHarness = {
            CallHarness(start, host: $0, caller: TestbedCaller.ada, now: SampleSite.now)
        }
        let second = Mutex<Result<JSONValue, CallHarness.Failure>?>(nil)
        // The second comes while the first has sent its command.
        let host = testbed.hostThatWaits {
            let outcome: Result<JSONValue, CallHarness.Failure>
            do throws(CallHarness.Failure) {
                outcome = .success(try await harness(testbed.host).call())
            } catch {
                outcome = .failure(error)
            }
            second.withLock { $0 = outcome }
            testbed.change { $0.executions.append(.init(id: "new-1", namespace: "east")) }
        }
        #expect(try await harness(host).call()["execution_id"] == "new-1")
        guard case .failure(.tool(let error)) = second.withLock({ $0 }) else {
            Issue.record("the second started too")
            return
        }
        #expect(error.code == .conflict && error.message.hasPrefix("Another start is under way"))
        // It is over with the first.
        testbed.change { $0.executions[1].status = "completed" }
        #expect(await testbed.refusal(tool)?.code == .timeout)
    }

    @Test func `a command nobody takes is said to be none`() async {
        let testbed = StandInTestbed()
        let host = testbed.host
        let error = await testbed.refusal(tool, on: host)
        #expect(error?.code == .timeout && error?.message.contains("5 times") == true)
        // Once, and then twice for two runners each time.
        #expect(host.sent.count == 5)
    }

    @Test func `who is busy is named, before anything is sent`() async {
        let testbed = testbed { $0.executions.append(.init(id: "busy-7", namespace: "east", user: "cy")) }
        let host = testbed.host
        let error = await testbed.refusal(tool, on: host)
        #expect(error?.code == .conflict)
        #expect(
            error?.message
                == "The runner is busy: busy-7 of cy runs since 2026-11-21T04:00:00Z, so nothing was started."
        )
        #expect(host.sent.isEmpty)
    }

    @Test(arguments: [("READY", 301, "unhealthy"), ("EXITED", 10, "exited")])
    func `without a runner that is alive nothing is sent`(state: String, silence: Int, health: String) async {
        let testbed = testbed { testbed in
            testbed.agents[2].state = state
            testbed.agents[2].silence = silence
        }
        let host = testbed.host
        let error = await testbed.refusal(tool, on: host)
        #expect(error?.message == "The workflow runner of this namespace is \(health), so nothing was started.")
        #expect(host.sent.isEmpty)
        let none = await self.testbed { $0.agents.remove(at: 2) }.refusal(tool)
        #expect(none?.code == .conflict)
    }

    @Test func `others' namespaces are for operators`() async throws {
        let testbed = testbed()
        let host = testbed.host
        #expect(await testbed.refusal(tool, ["namespace": "west"], on: host)?.code == .forbidden)
        #expect(await testbed.refusal(tool, ["namespace": "nowhere"], on: host)?.code == .forbidden)
        #expect(host.sent.isEmpty)
        let answer = try await testbed.call(tool, ["namespace": "west"], by: TestbedCaller.op)
        #expect(answer["namespace"] == "west")
    }

    @Test func `a namespace without an owner is its manager's`() async throws {
        let testbed = testbed { $0.owners = [:] }
        #expect(try await testbed.call(tool)["namespace"] == "east")
        #expect(await testbed.refusal(tool, ["namespace": "west"])?.code == .forbidden)
    }

    @Test func `a caller without a testbed has to name a namespace, and never gets anybody else's`() async {
        let testbed = testbed()
        #expect(await testbed.refusal(tool, by: TestbedCaller.user("eve"))?.code == .invalidArgument)
        for name in [nil, "", "a b", "../x", "a.b", String(repeating: "a", count: 65)] {
            #expect(await testbed.refusal(tool, by: TestbedCaller.user(name))?.code == .forbidden, "\(name ?? "nil")")
        }
    }

    @Test func `a file that says what it must not is named with its line`() async {
        let testbed = testbed { $0.file = "[workflow]\nname = " }
        let error = await testbed.refusal(tool)
        #expect(error == ToolError(.conflict, "Your testbed.toml is not TOML: line 2: a value is missing."))
        let typed = await self.testbed { $0.file = "[workflow]\nrealtime = 1" }.refusal(tool)
        #expect(typed == ToolError(.conflict, "Your testbed.toml: workflow.realtime must be true or false."))
        let path = await self.testbed { $0.file = "[workflow]\nconfig = \"../../etc/x\"" }.refusal(tool)
        #expect(path?.code == .invalidArgument)
    }

    @Test(
        arguments: [
            ["workflow_name": "../x"], ["workflow_name": "a b"], ["config": "/etc/x"], ["config": ".x"],
            ["config": "a\u{0}"], ["physics_period_duration": 0], ["physics_period_duration": -1],
            ["stf_interval": 604_801], ["stf_interval": 0],
        ] as [JSONValue]
    )
    func `refuses what cannot be meant`(arguments: JSONValue) async {
        let testbed = testbed()
        let host = testbed.host
        #expect(await testbed.refusal(tool, arguments, on: host)?.code == .invalidArgument)
        #expect(host.sent.isEmpty)
    }

    @Test func `a broker that takes nothing is said so, and one that is lost on the way too`() async {
        let away = StandInTestbed { $0.brokerFailure = ToolError(.unavailable, "It is out of reach.") }
        let host = away.host
        #expect(await away.refusal(tool, on: host) == ToolError(.unavailable, "It is out of reach."))
        #expect(host.sent.count == 1)
        let lost = StandInTestbed({ _ in }) { _, state in state.brokerFailure = ToolError(.unavailable, "It is gone.") }
        let error = await lost.refusal(tool)
        #expect(error?.code == .unavailable && error?.message.contains("sent once, then the broker was lost") == true)
    }

    @Test func `a command that arrived although the broker did not say so counts by its effect`() async throws {
        let testbed = StandInTestbed()
        let host = testbed.host(send: { [testbed] _ throws(ToolError) in
            testbed.change { $0.executions.append(.init(id: "new-1", namespace: "east")) }
            throw ToolError(.unavailable, "It is not known whether it arrived.")
        })
        #expect(try await testbed.call(tool, on: host)["execution_id"] == "new-1")
        #expect(host.sent.count == 1)
    }

    @Test func `a gateway without the broker says so at once`() async {
        let testbed = StandInTestbed()
        let host = testbed.host(send: { _ throws(ToolError) in throw ToolError(.notFound, "no such source") })
        let error = await testbed.refusal(tool, on: host)
        #expect(host.sent.count == 1)
        #expect(error?.code == .unavailable && error?.hint?.contains("testbed_broker") == true)
    }
}
