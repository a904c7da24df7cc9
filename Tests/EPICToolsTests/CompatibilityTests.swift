import EPICTools
import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// Answers in the form of the testbed monitor's own server.
@Suite struct CompatibilityTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func ask(_ name: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await call(name, arguments, on: site, compatibility: .swfMonitor)
    }

    /// Every text in a document.
    private func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let object): object.members.flatMap { texts($0.value) }
        default: []
        }
    }

    @Test func `every tool fits its outline in either form`() async throws {
        let plain = try EPIC(configuration: .init()).tools
        let other = try EPIC(configuration: .init(compatibility: .swfMonitor)).tools
        #expect(plain.map { type(of: $0).description.name } == other.map { type(of: $0).description.name })
        #expect(Conformance.faults(of: EPIC.self, tools: other) == [])
        for question in ToolQuestions.all where question.pages == 1 {
            do {
                let answer = try await ask(question.tool, .object(question.arguments))
                #expect(!texts(answer).contains { $0.hasSuffix("Z") && Timestamp($0)?.description == $0 })
            } catch let failure as CallHarness.Failure {
                if case .output = failure { Issue.record("\(question): \(failure)") }
            }
        }
    }

    @Test func `times of the testbed have an offset, those of PanDA have none`() async throws {
        let runs = try await ask("swf_list_runs")
        #expect(runs.items.first?["start_time"] == "2026-11-21T04:35:40+00:00")
        let jobs = try await ask("panda_list_jobs", ["taskid": .integer(EdgeCases.taskOfEdgeCases)])
        let times = jobs["jobs"]?.array?.compactMap { $0["modificationtime"]?.string } ?? []
        #expect(!times.isEmpty && times.allSatisfy { !$0.hasSuffix("Z") && !$0.contains("+") })
        #expect(times.first?.hasPrefix("2026-11-21T") == true)
    }

    @Test func `lists of PanDA have the other names`() async throws {
        let ours = try await call("panda_list_jobs", ["limit": 5], on: site)
        let theirs = try await ask("panda_list_jobs", ["limit": 5])
        #expect(theirs["items"] == nil && theirs["count"] == 5)
        #expect(theirs["total_in_window"] == ours["total_count"])
        let last = try #require(ours.items.last?["pandaid"])
        #expect(theirs["pagination"] == ["has_more": true, "next_before_id": last, "limit": 5])
        let job = try #require(theirs["jobs"]?.array?.first)
        #expect(job["jobstatus"] == ours.items[0]["status"] && job["computingsite"] == ours.items[0]["site"])
        #expect(job["produsername"] == ours.items[0]["username"] && job["status"] == nil)
        let all = try await ask("panda_list_jobs", ["taskid": .integer(EdgeCases.taskOfEdgeCases)])
        #expect(all["pagination"]?["next_before_id"] == .null)
    }

    @Test func `failures have the other names`() async throws {
        let arguments: JSONValue = ["taskid": .integer(EdgeCases.taskOfEdgeCases)]
        let ours = try await call("panda_diagnose_jobs", arguments, on: site)
        let theirs = try await ask("panda_diagnose_jobs", arguments)
        #expect(theirs["error_summary"]?["total_faulty_jobs"] == ours["total_count"])
        let components = theirs["error_summary"]?["by_component"]?.object?.members ?? []
        #expect(components.map(\.name) == components.map(\.name).sorted() && !components.isEmpty)
        #expect(theirs["error_summary"]?["top_error_codes"]?.array?.first?["count"] != nil)
        let errors = theirs["jobs"]?.array?.flatMap { $0["errors"]?.array ?? [] } ?? []
        #expect(errors.contains { $0["diag"] != nil } && !errors.contains { $0["diagnosis"] != nil })
        let summary = try await ask("panda_error_summary", ["days": 30])
        #expect(summary["errors"]?.array?.first?["error_source"] != nil)
        #expect(summary["errors"]?.array?.first?["representative_pandaids"] != nil)
        #expect(summary["total_errors"] == summary["summary"]?["errors"])
    }

    @Test func `single things and counts have the other names`() async throws {
        let study = try await ask("panda_study_job", ["pandaid": .integer(EdgeCases.jobWithSeveralErrors)])
        #expect(study["job"]?["pandaid"] == .integer(EdgeCases.jobWithSeveralErrors))
        #expect(study["job"]?["jobstatus"] == "failed" && study["monitor_url"]?.string != nil)
        let task = try await ask("panda_list_tasks", ["taskid": .integer(EdgeCases.taskOfEdgeCases)])
        #expect(task["tasks"]?.array?.first?["nfailed"] == 12)
        let queue = try await ask("panda_get_queue", ["panda_queue": "E1_BNL"])
        #expect(queue["queue"]?["panda_queue"] == "E1_BNL")
        let queues = try await ask("panda_list_queues")
        #expect(queues["queues"]?.array?.first?["panda_queue"] != nil && queues["count"] != nil)
        let activity = try await ask("panda_get_activity", ["days": 30])
        #expect(activity["jobs"]?["by_user"]?.array?.first?["user"] != nil)
        #expect(activity["jobs"]?["by_site"]?.array?.first?["site"] != nil)
        let usage = try await ask("panda_resource_usage")
        #expect(usage["totals"]?["job_count"] != nil && usage["series"] != nil)
        let workers = try await ask("panda_harvester_workers")
        #expect(workers["time_window"]?["from"] != nil)
    }

    @Test func `tags and states have the other names`() async throws {
        let tags = try await ask("pcs_list_tags", ["tag_type": "e"])
        #expect(tags["tag_type"] == "e" && tags["count"] == 5 && tags["tags"]?.array?.count == 5)
        let search = try await ask("pcs_search_tags", ["query": "pythia"])
        #expect(search["query"] == "pythia" && search["count"] == 1)
        let state = try await ask("swf_get_system_state")
        #expect(state["agent_manager"]?["status"] == "healthy")
        let status = try await ask("swf_get_testbed_status")
        #expect(status["agent_manager"]?["alive"] == true)
        let namespace = try await ask("swf_get_namespace", ["namespace": "testbed-east"])
        #expect(namespace["time_range"]?["start"] != nil)
    }

    @Test func `a failure is the other server's body`() async throws {
        let failure = await #expect(throws: CallHarness.Failure.self) {
            try await ask("panda_study_job", ["pandaid": 7])
        }
        guard case .tool(let error) = failure else {
            Issue.record("The tool did not fail.")
            return
        }
        #expect(error.code == .notFound)
        #expect(
            error.ownWords
                == ["error": "There is no job 7. Check the number; the id of a task is not the id of a job."]
        )
    }
}
