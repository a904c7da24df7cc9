import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

/// The tools that speak with agent managers.
@Suite("Starting and stopping a testbed")
struct TestbedControlTests {
    private static let idle = """
        example-data-agent               STOPPED   Not started
        workflow-runner                  STOPPED   Not started
        """
    private static let running = """
        example-data-agent               RUNNING   pid 27799, uptime 0:00:12
        workflow-runner                  RUNNING   pid 4711, uptime 0:00:14
        """

    private func testbed(
        _ programs: String?,
        obeys: Bool = true,
        _ change: (inout StandInTestbed.State) -> Void = { _ in }
    ) -> StandInTestbed {
        StandInTestbed { state in
            state.programs["ada"] = programs
            state.programs["bob"] = programs
            // Agents that beat are those of a testbed that runs.
            if programs == Self.idle { state.agents.removeLast(2) }
            change(&state)
        } react: { sent, state in
            guard obeys, let user = sent.destination.split(separator: ".").last.map(String.init) else { return }
            switch sent.body["command"] {
            case "start_testbed": state.programs[user] = Self.running
            case "stop_testbed": state.programs[user] = Self.idle
            case "kill_agent":
                state.programs[user] = "workflow-runner                  EXITED   Nov 21 05:00 AM"
                for index in state.agents.indices where state.agents[index].pid == sent.body["pid"]?.integer {
                    state.agents[index].status = "EXITED"
                }
            default: break
            }
        }
    }

    @Test func `a testbed is started, and its manager says that it runs`() async throws {
        let testbed = testbed(Self.idle)
        let host = testbed.host
        let answer = try await testbed.call("swf_start_user_testbed", ["config_name": "fast"], on: host)
        #expect(answer["agents_running"] == true && answer["username"] == "ada" && answer["config"] == "fast")
        #expect(answer["programs"]?.array?.count == 2)
        #expect(answer["programs"]?.array?.last == ["name": "workflow-runner", "state": "RUNNING", "pid": 4711])
        #expect(host.sent.map { $0.body["command"]?.string } == ["status", "start_testbed", "status"])
        #expect(host.sent.allSatisfy { $0.destination == "/queue/agent_control.ada" })
        #expect(host.sent[0].replyMember == "reply_to")
        #expect(host.sent[1].body["config_name"] == "fast" && host.sent[1].body["source"] == "mcp")
    }

    @Test func `a testbed is stopped, and its manager says that nothing runs`() async throws {
        let testbed = testbed(Self.running)
        let host = testbed.host
        let answer = try await testbed.call("swf_stop_user_testbed", on: host)
        #expect(answer["agents_running"] == false)
        #expect(host.sent.map { $0.body["command"]?.string } == ["stop_testbed", "status"])
    }

    @Test func `one that runs is not started, and who runs is named`() async {
        let testbed = testbed(Self.running)
        let error = await testbed.refusal("swf_start_user_testbed")
        #expect(error?.code == .conflict)
        #expect(error?.message == "Agents of this testbed run already: example-data-agent, workflow-runner.")
        // Also where the manager does not answer, and its agents beat.
        let silent = self.testbed(nil)
        let host = silent.host
        let other = await silent.refusal("swf_start_user_testbed", on: host)
        #expect(other?.message == "Agents of this testbed run already: daq_simulator-agent-ada-1.")
        #expect(host.sent.map { $0.body["command"]?.string } == ["status"])
    }

    @Test(arguments: ["swf_start_user_testbed", "swf_stop_user_testbed"])
    func `a manager that is not alive is sent nothing`(tool: String) async {
        let testbed = testbed(Self.idle) { $0.agents[0].silence = 301 }
        let host = testbed.host
        let error = await testbed.refusal(tool, on: host)
        #expect(error?.code == .conflict && error?.hint != nil)
        #expect(error?.message == "The agent manager is unhealthy, so nothing was done.")
        #expect(host.sent.isEmpty)
    }

    @Test func `a manager that does not do it, or does not say, is reported`() async {
        let deaf = testbed(Self.idle, obeys: false)
        #expect(await deaf.refusal("swf_start_user_testbed")?.message == "The agent manager started no agents.")
        let stubborn = testbed(Self.running, obeys: false)
        let kept = await stubborn.refusal("swf_stop_user_testbed")
        #expect(kept?.message == "The agent manager did not stop all agents.")
        let silent = testbed(nil, obeys: false)
        #expect(await silent.refusal("swf_stop_user_testbed")?.code == .timeout)
    }

    @Test(arguments: ["swf_start_user_testbed", "swf_stop_user_testbed"])
    func `others' testbeds are for operators`(tool: String) async throws {
        let testbed = testbed(tool.contains("start") ? Self.idle : Self.running)
        let host = testbed.host
        #expect(await testbed.refusal(tool, ["username": "bob"], on: host)?.code == .forbidden)
        #expect(await testbed.refusal(tool, by: TestbedCaller.user(nil), on: host)?.code == .forbidden)
        #expect(await testbed.refusal(tool, by: TestbedCaller.user("a.b"), on: host)?.code == .forbidden)
        let bad = await testbed.refusal(tool, ["username": "x.>"], by: TestbedCaller.op, on: host)
        #expect(bad?.code == .invalidArgument)
        #expect(host.sent.isEmpty)
        #expect(try await testbed.call(tool, ["username": "bob"], by: TestbedCaller.op)["username"] == "bob")
        #expect(try await testbed.call(tool, ["username": "ada"])["username"] == "ada")
    }

    @Test(arguments: ["../x", "a b", "-x", ".x", "a/b"])
    func `a configuration that could be another file is refused`(name: String) async {
        let testbed = testbed(Self.idle)
        let host = testbed.host
        let error = await testbed.refusal("swf_start_user_testbed", ["config_name": .string(name)], on: host)
        #expect(error?.code == .invalidArgument)
        #expect(host.sent.isEmpty)
    }

    // MARK: - Killing

    private static let runner = "daq_simulator-agent-ada-1"

    @Test func `an agent is killed by the manager that started it`() async throws {
        let testbed = testbed(Self.running)
        let host = testbed.host
        let answer = try await testbed.call("swf_kill_agent", ["name": .string(Self.runner)], on: host)
        #expect(answer["killed"] == true && answer["kill_error"] == nil && answer["pid"] == 4711)
        #expect(answer["old_state"] == "OK" && answer["new_state"] == "EXITED")
        let command = try #require(host.sent.first { $0.body["command"] == "kill_agent" })
        #expect(command.destination == "/queue/agent_control.ada")
        #expect(command.body["program"] == "workflow-runner" && command.body["pid"] == 4711)
    }

    @Test func `what no manager vouches for is not killed, and why is said`() async throws {
        let cases: [(StandInTestbed, String)] = [
            (testbed(Self.running) { $0.agents[2].status = "EXITED" }, "It has ended already."),
            (testbed(Self.running) { $0.agents[2].pid = nil }, "It never told the number of its process."),
            (testbed(Self.running) { $0.agents[2].pid = 1 }, "It never told the number of its process."),
            (
                testbed(Self.running) { $0.agents[2].pid = 99 },
                "The agent manager of ada runs no process of that number."
            ),
            (testbed(Self.running) { $0.agents[0].state = "EXITED" }, "The agent manager of ada is not alive."),
            (testbed(nil), "The agent manager of ada does not answer."),
        ]
        for (testbed, reason) in cases {
            let host = testbed.host
            let answer = try await testbed.call("swf_kill_agent", ["name": .string(Self.runner)], on: host)
            #expect(answer["killed"] == false && answer["success"] == false)
            #expect(answer["kill_error"] == .string(reason))
            #expect(!host.sent.contains { $0.body["command"] == "kill_agent" })
        }
    }

    @Test func `a manager that knows no such command is seen through`() async throws {
        let testbed = testbed(Self.running, obeys: false)
        let answer = try await testbed.call("swf_kill_agent", ["name": .string(Self.runner)])
        #expect(answer["killed"] == false)
        #expect(answer["kill_error"]?.string?.hasPrefix("The agent manager left it running") == true)
        #expect(answer["new_state"] == "OK")
    }

    @Test func `only one's own agents can be killed`() async throws {
        let testbed = testbed(Self.running) { state in
            state.agents.append(.init(name: "lone", type: "DATA", namespace: nil, pid: 5))
            state.programs["bob"] = "workflow-runner   RUNNING   pid 4712, uptime 0:00:14"
        }
        let host = testbed.host
        let others = await testbed.refusal("swf_kill_agent", ["name": "daq_simulator-agent-bob-2"], on: host)
        #expect(others?.code == .forbidden)
        #expect(await testbed.refusal("swf_kill_agent", ["name": "lone"], on: host)?.code == .forbidden)
        #expect(await testbed.refusal("swf_kill_agent", ["name": "nobody"], on: host)?.code == .notFound)
        #expect(host.sent.isEmpty)
        let answer = try await testbed.call(
            "swf_kill_agent",
            ["name": "daq_simulator-agent-bob-2"],
            by: TestbedCaller.op
        )
        #expect(answer["killed"] == true)
        let lone = try await testbed.call("swf_kill_agent", ["name": "lone"], by: TestbedCaller.op)
        #expect(lone["kill_error"] == "Its namespace has no owner whose agent manager could be asked.")
    }

    // MARK: - How it is

    @Test func `the state of a testbed has the manager's own word`() async throws {
        let answer = try await testbed(Self.running).call("swf_get_testbed_status")
        #expect(answer["supervisor"]?["answered"] == true && answer["supervisor"]?["agents_running"] == true)
        #expect(answer["supervisor"]?["programs"]?.array?.count == 2)
        let silent = try await testbed(nil).call("swf_get_testbed_status")
        #expect(silent["supervisor"] == ["answered": false])
        let dead = try await testbed(Self.running) { $0.agents[0].silence = 301 }.call("swf_get_testbed_status")
        #expect(dead["supervisor"] == nil)
    }

    @Test func `the state of the system has what the caller's file says, and nobody else's`() async throws {
        let file = "[testbed]\nnamespace = \"east\"\n[workflow]\nname = \"w\"\n[parameters]\nn = 3"
        let testbed = testbed(Self.running) { $0.file = file }
        let own = try await testbed.call("swf_get_system_state")
        #expect(
            own["user_context"]
                == ["username": "ada", "namespace": "east", "workflow_name": "w", "parameters": ["n": 3]]
        )
        let other = try await testbed.call("swf_get_system_state", ["username": "bob"])
        #expect(other["user_context"] == ["username": "bob", "namespace": "west"])
        let broken = try await self.testbed(Self.running) { $0.file = "x" }.call("swf_get_system_state")
        #expect(broken["user_context"]?["config_error"]?.string?.contains("line 1") == true)
        #expect(broken["user_context"]?["namespace"] == "east")
    }
}
