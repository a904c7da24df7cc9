import JSON
import PluginKit
import PluginTesting
import RubinTools
import SampleData
import Testing

/// The tools that Rubin shares with the other experiments, on its own records.
@Suite("Lists and sums of Rubin's monitor")
struct RecordedListTests {
    private func call(_ name: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        let tools = try Rubin(configuration: .init()).tools
        let tool = try #require(tools.first { type(of: $0).description.name == name })
        return try await CallHarness(tool, host: RecordedMonitor(), now: RunFixture.now).call(arguments)
    }

    @Test func `jobs, failures and errors of a run's task agree`() async throws {
        let task = JSONValue.integer(RecordedCases.subFinishedTask)
        let failed = try await call("panda_list_jobs", ["taskid": task, "status": "failed"])
        let diagnosed = try await call("panda_diagnose_jobs", ["taskid": task])
        #expect(failed["total_count"] == diagnosed["total_count"] && failed["total_count"]?.integer ?? 0 >= 2)
        let errors = try await call("panda_error_summary", ["taskid": task])
        #expect(errors["items"]?.array?.contains { $0["code"] == 1305 } == true)
        #expect(errors["hint"]?.string?.contains("180 days") == true)
    }

    @Test func `the tasks of runs are listed with their queue's memory to look up`() async throws {
        let tasks = try await call("panda_list_tasks", ["days": 30])
        #expect(tasks["items"]?.array?.contains { $0["jeditaskid"] == .integer(RecordedCases.subFinishedTask) } == true)
        let queue = try await call("panda_get_queue", ["panda_queue": "SLAC_Rubin_4G"])
        #expect(queue["queue"]?["max_rss_megabytes"] == 4000 && queue["queue"]?["vo"] == "Rubin")
    }

    @Test func `activity, usage and workers are summed up`() async throws {
        #expect(try await call("panda_get_activity", ["days": 7])["jobs"]?["total"]?.integer ?? 0 > 0)
        #expect(try await call("panda_resource_usage")["totals"]?["jobs"]?.integer ?? 0 > 0)
        #expect(try await call("panda_harvester_workers")["total_workers"]?.integer ?? 0 > 0)
    }

    @Test func `a monitor that is not connected is said by each of them`() async throws {
        for name in ["panda_list_jobs", "panda_list_tasks", "panda_get_activity", "panda_list_queues"] {
            let tools = try Rubin(configuration: .init()).tools
            let tool = try #require(tools.first { type(of: $0).description.name == name })
            let harness = CallHarness(tool, host: SourcesInMemory(), now: RunFixture.now)
            let error = await toolError { try await harness.call() }
            #expect(error?.code == .unavailable && error?.message.contains("not connected") == true, "\(name)")
        }
    }
}
