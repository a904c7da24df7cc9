import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about agents and logs on the real driver, with the sample's awkward rows.
@Suite struct SampleTestbedTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func agents(_ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await call("swf_list_agents", arguments, on: site)
    }

    private func logs(_ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await call("swf_list_logs", arguments, on: site)
    }

    @Test func `counts a silent agent as ended, and writes nothing`() async throws {
        let present = try await agents()
        #expect(!present.texts("name").contains(EdgeCases.agentStale))
        #expect(!present.texts("name").contains(EdgeCases.agentExited))
        #expect(present.texts("name").contains(EdgeCases.agentFresh))
        let stale = try #require(
            try await agents(["status": "exited"]).items.first { $0["name"] == .string(EdgeCases.agentStale) }
        )
        #expect(stale["status"] == "EXITED")
        #expect(stale["reported_status"] == "OK")
        #expect(stale["is_silent"] == true)
        #expect(stale["seconds_since_heartbeat"] == 720)
        let rows = try await site.rows(
            "SELECT status FROM swf_systemagent WHERE instance_name = '\(EdgeCases.agentStale)'"
        )
        #expect(rows.first?.text("status") == "OK")
    }

    @Test func `shows the one heard of last first, and the one never heard of last`() async throws {
        let all = try await agents(["status": "all", "limit": 500])
        #expect(all.texts("name").last == EdgeCases.agentNeverSeen)
        #expect(all.items.last?["last_heartbeat"] == nil)
        #expect(all.items.last?["status"] == "UNKNOWN")
        let beats = all.texts("last_heartbeat")
        #expect(beats == beats.sorted(by: >))
        #expect(all["total_count"] == .integer(all.items.count))
        let counts = all["summary"]?.object?.members.reduce(0) { $0 + ($1.value.integer ?? 0) }
        #expect(counts == all.items.count)
        #expect(try await agents()["summary"] == all["summary"])
    }

    @Test func `filters agents`() async throws {
        #expect(try await agents(["status": "error"]).texts("name") == [EdgeCases.agentInError])
        #expect(Set(try await agents(["agent_type": "daqsim"]).texts("agent_type")) == ["DAQ_Simulator"])
        #expect(Set(try await agents(["namespace": "testbed-west"]).texts("namespace")) == ["testbed-west"])
        let recent = try await agents(["status": "all", "start_time": "2026-11-21T04:59:00Z"])
        #expect(!recent.items.isEmpty)
        #expect(recent.texts("last_heartbeat").allSatisfy { $0 >= "2026-11-21T04:59:00Z" })
        let old = try await agents(["end_time": "2026-11-21T04:00:00Z"])
        #expect(old.items == [])
        #expect(old["hint"]?.string?.hasSuffix("agents in other states; use status: all.") == true)
        let sent = try await agents(["execution_id": .string(EdgeCases.runningExecution), "status": "all"])
        #expect(sent.texts("name").contains(EdgeCases.agentFresh))
        #expect(sent.items.count < 6)
    }

    @Test func `pages through the agents once`() async throws {
        let all = try await agents(["status": "all"]).texts("name")
        var seen: [String] = []
        var arguments: JSONValue = ["status": "all", "limit": 10]
        for _ in 0..<10 {
            let page = try await agents(arguments)
            seen += page.texts("name")
            guard let cursor = page["next_cursor"] else { break }
            arguments = ["status": "all", "limit": 10, "cursor": cursor]
        }
        #expect(seen == all)
        #expect(try await agents(["status": "all", "cursor": "o1.1000"]).items == [])
    }

    @Test func `lists a day of log lines, newest first`() async throws {
        let answer = try await logs(["limit": 1000])
        #expect(answer.items.count == 1000)
        #expect(answer["has_more"] == true)
        let rows = try await site.rows("SELECT COUNT(*) AS n FROM swf_applog WHERE timestamp >= '2026-11-20 05:00:00'")
        #expect(answer["total_count"]?.integer == rows.first?.integer("n"))
        let times = answer.texts("timestamp")
        #expect(times == times.sorted(by: >))
    }

    @Test func `takes a level for the least severity`() async throws {
        let answer = try await logs(["level": "warn", "limit": 1000])
        #expect(Set(answer.texts("level")) == ["WARNING", "ERROR", "CRITICAL"])
        let counts = try await logs()["summary"]
        #expect(answer["summary"]?["ERROR"] == counts?["ERROR"])
        #expect(answer["summary"]?["INFO"] == nil)
    }

    @Test func `takes colours, tricks and credentials out of a message`() async throws {
        let answer = try await logs(["search": "TRANSFER REFUSED"])
        #expect(answer.integers("id") == [EdgeCases.logWithHostileText])
        #expect(answer.texts("message") == [EdgeCases.harmlessText])
        #expect(answer.items.first?["extra_data"] == ["username": "afischer"])
    }

    @Test func `finds a percent sign as it is`() async throws {
        let found = try await logs(["search": "87% full", "limit": 1000])
        #expect(!found.items.isEmpty)
        #expect(found.texts("message").allSatisfy { $0.contains("87% full") })
        #expect(try await logs(["search": "8%full"]).items == [])
    }

    @Test func `shows lines of an execution from its start`() async throws {
        let id = JSONValue.string(EdgeCases.runningExecution)
        let answer = try await logs(["execution_id": id, "limit": 1000])
        #expect(!answer.items.isEmpty)
        #expect(answer.items.allSatisfy { $0["extra_data"]?["execution_id"] == id })
        let rows = try await site.rows(
            "SELECT start_time FROM swf_workflow_executions WHERE execution_id = '\(EdgeCases.runningExecution)'"
        )
        #expect(answer["window"]?["start"]?.string == rows.first?.time("start_time")?.description)
        let unknown = try await logs(["execution_id": "no-such"])
        #expect(unknown.items == [])
        #expect(unknown["hint"] != nil)
    }

    @Test func `shows a line without attachments`() async throws {
        let found = try await logs(["instance_name": "agent-manager-cconti", "app_name": "agent_manager"])
        #expect(found.integers("id") == [EdgeCases.logWithoutExtraData])
        #expect(found.items.first?["extra_data"] == nil)
        #expect(
            found["monitor_urls"]?.array?.first?["url"]
                == "https://testbed.example.org/monitor/logs/?app_name=agent_manager&instance_name=agent-manager-cconti"
        )
    }

    @Test func `pages through lines of one moment without losing one`() async throws {
        let all = try await logs(["level": "ERROR", "limit": 1000])
        #expect(all["has_more"] == false)
        var seen: [Int] = []
        var arguments: JSONValue = ["level": "ERROR", "limit": 17]
        for _ in 0..<100 {
            let page = try await logs(arguments)
            seen += page.integers("id")
            guard let cursor = page["next_cursor"] else { break }
            arguments = ["level": "ERROR", "limit": 17, "cursor": cursor]
        }
        #expect(seen == all.integers("id"))
        #expect(Set(seen).count == seen.count)
    }
}
