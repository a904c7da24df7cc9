import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about workflows, messages and namespaces on the real driver, with the sample's awkward rows.
@Suite struct SampleWorkflowTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func count(_ sql: String) async throws -> Int {
        try #require(try await site.rows("SELECT COUNT(*) AS n FROM \(sql)").first?.integer("n"))
    }

    /// All pages of a list, which agree about how many there are.
    private func pages(_ tool: String, _ arguments: JSONValue, by name: String) async throws -> [String] {
        var arguments = arguments.object ?? JSONObject()
        var seen: [String] = []
        var totals: Set<Int> = []
        for _ in 0..<200 {
            let page = try await call(tool, .object(arguments), on: site)
            seen += page.texts(name)
            totals.insert(page["total_count"]?.integer ?? -1)
            guard let cursor = page["next_cursor"] else { break }
            arguments["cursor"] = cursor
        }
        #expect(totals == [seen.count])
        #expect(Set(seen).count == seen.count)
        return seen
    }

    @Test func `lists the executions of a day, the newest first`() async throws {
        let answer = try await call("swf_list_workflow_executions", on: site)
        let times = answer.texts("start_time")
        #expect(times == times.sorted(by: >))
        #expect(times.count == 14)
        #expect(answer["summary"] == ["completed": 11, "failed": 1, "running": 1, "terminated": 1])
        #expect(answer["window"]?["defaulted"] == true)
        let newest = try #require(answer.items.first)
        #expect(newest["execution_id"] == .string(EdgeCases.runningExecution))
        #expect(newest["workflow_name"] == "stf_datataking")
        #expect(newest["parameter_values"]?["workflow"]?["config"] == "fast_processing_default")
        #expect(newest["end_time"] == nil)
        let stopped = answer.items.first { $0["execution_id"] == .string(EdgeCases.terminatedExecution) }
        #expect(stopped?["status"] == "terminated" && stopped?["end_time"] == nil)
    }

    @Test func `shows what runs whenever it began`() async throws {
        let answer = try await call("swf_list_workflow_executions", ["currently_running": true], on: site)
        #expect(answer.texts("execution_id") == [EdgeCases.runningExecution])
        #expect(answer["window"] == nil)
        #expect(answer["filters_applied"] == ["status": "running", "limit": 100])
    }

    @Test func `pages through all executions once`() async throws {
        let all = try await pages(
            "swf_list_workflow_executions",
            ["start_time": "2026-01-01", "limit": 8],
            by: "execution_id"
        )
        #expect(all.count == 61)
    }

    @Test func `stands still while its pages are read`() async throws {
        let host = try SampleSite.shared.get()
        let first = try await call("swf_list_workflow_executions", ["limit": 5], on: host)
        let cursor = try #require(first["next_cursor"])
        let second = try await call("swf_list_workflow_executions", ["limit": 5, "cursor": cursor], on: host)
        #expect(second["window"]?["start"] == first["window"]?["start"])
        #expect(second["window"]?["end"] == first["window"]?["end"])
        #expect(second["total_count"] == first["total_count"])
    }

    @Test func `suggests a wider window when the default one holds nothing`() async throws {
        let answer = try await call("swf_list_messages", ["namespace": "idle_space"], on: site)
        #expect(answer["total_count"] == 0)
        #expect(answer["hint"] == "Nothing in the default window; give an earlier start_time.")
        let asked = try await call(
            "swf_list_messages",
            ["namespace": "idle_space", "start_time": "2026-11-01"],
            on: site
        )
        #expect(asked["hint"] == nil)
    }

    @Test func `tells one execution with all it was started with`() async throws {
        let answer = try await call(
            "swf_get_workflow_execution",
            ["execution_id": .string(EdgeCases.failedExecution)],
            on: site
        )
        #expect(answer["status"] == "failed")
        #expect(answer["parameter_values"]?["git_version"] == "3f1c9ab")
        #expect(answer["performance_metrics"] == ["stf_files": 40])
        #expect(
            answer["monitor_urls"]?.array?.first?["url"]
                == .string("https://testbed.example.org/monitor/workflow-executions/\(EdgeCases.failedExecution)/")
        )
    }

    @Test func `follows a running execution`() async throws {
        let answer = try await call(
            "swf_get_workflow_monitor",
            ["execution_id": .string(EdgeCases.runningExecution)],
            on: site
        )
        #expect(answer["phase"] == "running")
        #expect(answer["run_id"] == "100070")
        #expect(answer["stf_count"] == .integer(try await count("swf_stf_files WHERE run_id = 61")))
        #expect(answer["events"]?.array?.compactMap { $0["type"] } == ["run_imminent", "start_run"])
        #expect(answer["duration_seconds"] == nil)
        let lines = try await count(
            "swf_applog WHERE level >= 40 AND json_extract(extra_data, '$.execution_id') = '\(EdgeCases.runningExecution)'"
        )
        #expect(answer["errors"]?.array?.count == min(10, lines))
    }

    @Test func `says why an execution failed`() async throws {
        let answer = try await call(
            "swf_get_workflow_monitor",
            ["execution_id": .string(EdgeCases.failedExecution)],
            on: site
        )
        let fault = try #require(answer["errors"]?.array?.first)
        #expect(fault["error"] == "broker connection lost during the physics period")
        #expect(fault["source"] == "message")
        #expect(answer["duration_seconds"]?.integer ?? 0 > 1000)
        let old = try await call(
            "swf_get_workflow_monitor",
            ["execution_id": "stf_datataking-afischer-0001"],
            on: site
        )
        #expect(old["events"] == [] && old["phase"] == nil && old["hint"] != nil && old["stf_count"] == 0)
    }

    @Test func `counts the files of many executions as of one`() async throws {
        let answer = try await call("swf_list_workflow_monitors", on: site)
        #expect(answer.items.count == 14)
        for item in answer.items.prefix(4) {
            let one = try await call(
                "swf_get_workflow_monitor",
                ["execution_id": item["execution_id"] ?? .null],
                on: site
            )
            #expect(one["stf_count"] == item["stf_count"])
            #expect(item["stf_count"] == 40)
        }
    }

    @Test func `reads all messages of an execution, and the last hour of all`() async throws {
        let id = EdgeCases.failedExecution
        let all = try await pages("swf_list_messages", ["execution_id": .string(id), "limit": 11], by: "message_id")
        #expect(all.count == (try await count("swf_workflow_messages WHERE execution_id = '\(id)'")))
        let recent = try await call("swf_list_messages", ["limit": 1000], on: site)
        #expect(
            recent["total_count"]
                == .integer(
                    try await count("swf_workflow_messages WHERE sent_at >= '2026-11-21 04:00:00.000000+00:00'")
                )
        )
    }

    @Test func `takes a run that is no number, and a message of nobody`() async throws {
        let answer = try await call("swf_list_messages", ["limit": 1000], on: site)
        let odd = try #require(answer.items.first { $0["message_id"] == .string(EdgeCases.messageWithTextRun) })
        #expect(odd["run_id"] == .string(EdgeCases.nonNumericRun))
        #expect(odd["payload_summary"] == #"{"msg_type":"start_run","run_id":"cosmics-A"}"#)
        let nobody = try #require(answer.items.first { $0["message_id"] == .string(EdgeCases.messageWithoutNamespace) })
        #expect(nobody["namespace"] == nil && nobody["sender_agent"] == nil)
        #expect(nobody["payload_summary"]?.string?.contains("café 🍪") == true)
        #expect(answer.texts("payload_summary").allSatisfy { $0.count <= 201 })
    }

    @Test func `lists workflows with the number of their executions`() async throws {
        let answer = try await call("swf_list_workflow_definitions", on: site)
        #expect(answer.texts("workflow_name") == ["fast_processing", "stf_datataking", "stf_datataking"])
        #expect(answer.texts("version") == ["0.3", "1.1", "1.0"])
        #expect(answer.integers("execution_count") == [0, 22, 39])
        #expect(answer.items.first?["description"] == "Takes data as the acquisition does")
    }

    @Test func `lists namespaces by name`() async throws {
        let answer = try await call("swf_list_namespaces", on: site)
        #expect(answer.texts("name") == ["fastmon-dev", "idle_space", "testbed-east", "testbed-west"])
        #expect(answer.items[1]["description"] == nil)
    }

    @Test func `counts what went on in a namespace, also in one nobody registered`() async throws {
        let east = try await call("swf_get_namespace", ["namespace": "testbed-east"], on: site)
        #expect(east["owner"] == "afischer" && east["is_registered"] == true)
        #expect(east["active_users"] == ["afischer"])
        let agents = try await count("swf_systemagent WHERE namespace = 'testbed-east'")
        #expect(east["agent_count"] == .integer(agents))
        let none = try await call("swf_get_namespace", ["namespace": "nowhere"], on: site)
        #expect(none["is_registered"] == false && none["owner"] == nil)
        #expect(none["agent_count"] == 0 && none["execution_count"] == 0 && none["active_users"] == [])
    }
}
