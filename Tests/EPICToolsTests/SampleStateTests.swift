import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about agents and the state of the testbed on the real driver.
@Suite struct SampleStateTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func caller(_ name: String?, roles: Set<String> = ["user"]) -> Caller {
        Caller(issuer: "https://id.example.org", subject: name == nil ? "" : "17", username: name, roles: roles)
    }

    @Test func `tells an agent as it is now, and writes nothing`() async throws {
        let stale = try await call("swf_get_agent", ["name": .string(EdgeCases.agentStale)], on: site)
        #expect(stale["status"] == "EXITED" && stale["reported_status"] == "OK" && stale["is_silent"] == true)
        #expect(stale["seconds_since_heartbeat"] == 720)
        #expect(stale["hostname"] != nil && stale["pid"] != nil && stale["operational_state"] == "READY")
        let fresh = try await call("swf_get_agent", ["name": .string(EdgeCases.agentFresh)], on: site)
        #expect(fresh["status"] == "OK" && fresh["is_silent"] == false)
        let never = try await call("swf_get_agent", ["name": .string(EdgeCases.agentNeverSeen)], on: site)
        #expect(never["last_heartbeat"] == nil && never["status"] == "UNKNOWN" && never["namespace"] == nil)
        let rows = try await site.rows(
            "SELECT status FROM swf_systemagent WHERE instance_name = '\(EdgeCases.agentStale)'"
        )
        #expect(rows.first?.text("status") == "OK")
    }

    @Test func `tells whether an agent manager is alive`() async throws {
        let alive = try await call("swf_check_agent_manager", on: site)
        #expect(alive["alive"] == true && alive["username"] == "afischer" && alive["health"] == "healthy")
        #expect(alive["agents_running"] == true && alive["supervisord_healthy"] == true)
        #expect(alive["control_queue"] == "/queue/agent_control.afischer" && alive["how_to_start"] == nil)
        let silent = try await call("swf_check_agent_manager", ["username": "drao"], on: site)
        #expect(silent["alive"] == false && silent["health"] == "unhealthy" && silent["how_to_start"] != nil)
        let missing = try await call("swf_check_agent_manager", ["username": "nobody"], on: site)
        #expect(missing["health"] == "missing" && missing["namespace"] == nil && missing["agents_running"] == false)
    }

    @Test func `tells whether a testbed can run a workflow, and what keeps it from that`() async throws {
        let busy = try await call("swf_get_testbed_status", on: site)
        #expect(busy["ready"] == false && busy["running_workflows"] == 1)
        #expect(busy["note"] == "1 workflow runs in its testbed." && busy["error"] == nil)
        let idle = try await call("swf_get_testbed_status", ["username": "bokafor"], on: site)
        #expect(idle["ready"] == true && idle["note"] == "Idle and ready.")
        #expect(idle["summary"] == ["running": 4, "stopped": 1])
        let dead = try await call("swf_get_testbed_status", ["username": "drao"], on: site)
        #expect(dead["ready"] == false && dead["note"] == nil)
        #expect(dead["error"]?.string?.hasPrefix("The agent manager is unhealthy.") == true)
    }

    @Test func `sums up the whole system`() async throws {
        let state = try await call("swf_get_system_state", on: site)
        #expect(state["user_context"] == ["username": "afischer", "namespace": "testbed-east"])
        #expect(state["workflow_runner"]?["status"] == "healthy")
        #expect(state["workflow_runner"]?["name"] == .string(EdgeCases.agentFresh))
        #expect(state["ready_to_run"] == false)
        #expect(state["last_execution"]?["execution_id"] == .string(EdgeCases.runningExecution))
        let agents = try #require(state["agents"])
        let all = try await call("swf_list_agents", ["status": "all"], on: site)
        #expect(agents["total"] == all["total_count"])
        #expect(agents["exited"] == all["summary"]?["EXITED"])
        #expect(agents["healthy"] == all["summary"]?["OK"])
        #expect(state["run_states"]?.array?.count == 5 && state["recent_events"]?.array?.count == 10)
        #expect(state["errors_last_hour"]?.integer ?? 0 > 0)
    }

    @Test func `shows the counters of the shared document, and nothing else of it`() async throws {
        let state = try await call("swf_get_system_state", on: site)
        let names = state["persistent_state"]?.object?.members.map(\.name) ?? []
        #expect(names.contains("next_run_number") && names.contains("pcs_next_physics"))
        #expect(!names.contains("pandabot_active_threads"))
    }

    @Test func `needs a name for the caller's own testbed`() async {
        let error = ToolError(.invalidArgument, "username: is needed, for the caller has no name.")
        for tool in ["swf_get_system_state", "swf_get_testbed_status", "swf_check_agent_manager", "swf_get_ai_memory"] {
            await #expect(throws: CallHarness.Failure.tool(error)) {
                try await call(tool, on: site, caller: caller(nil))
            }
        }
    }

    @Test func `remembers the caller's conversation, the oldest turn first`() async throws {
        let memory = try await call("swf_get_ai_memory", on: site)
        #expect(memory.texts("role") == ["user", "assistant", "user", "assistant"])
        #expect(memory.texts("content").first == "Which tasks failed today?")
        let last = try await call("swf_get_ai_memory", ["turns": 1], on: site)
        #expect(last.texts("content") == ["Show the first one.", "It failed for lack of memory."])
    }

    @Test func `keeps others' conversations from all but operators`() async throws {
        let error = ToolError(.forbidden, "Only operators may read what others said.", hint: "Leave username out.")
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call("swf_get_ai_memory", ["username": "drao"], on: site)
        }
        let read = try await call(
            "swf_get_ai_memory",
            ["username": "drao"],
            on: site,
            caller: caller("afischer", roles: ["operator"])
        )
        #expect(read["count"] == 2)
    }

    @Test func `keeps the newest turns when all are too long`() async throws {
        let memory = try await call("swf_get_ai_memory", on: site, budget: 300)
        #expect(memory["truncated"] == true)
        #expect(memory.texts("content").last == "It failed for lack of memory.")
        #expect(memory["count"]?.integer ?? 9 < 4)
    }

    @Test func `tells one line of the log, with the hostile text made harmless`() async throws {
        let line = try await call("swf_get_log_entry", ["log_id": .integer(EdgeCases.logWithHostileText)], on: site)
        #expect(line["message"] == .string(EdgeCases.harmlessText))
        #expect(line["process"] == 20700 && line["thread"] == 139_662_526_409_600)
        let bare = try await call("swf_get_log_entry", ["log_id": .integer(EdgeCases.logWithoutExtraData)], on: site)
        #expect(bare["extra_data"] == nil)
    }
}
