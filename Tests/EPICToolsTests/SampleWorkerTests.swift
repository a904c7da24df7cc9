import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about workers and single tasks on the real driver.
@Suite struct SampleWorkerTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func sum(_ object: JSONValue?) -> Int {
        object?.object?.members.compactMap(\.value.integer).reduce(0, +) ?? -1
    }

    @Test func `counts the workers in every direction alike`() async throws {
        let answer = try await call("panda_harvester_workers", on: site)
        let rows = try await site.rows("SELECT SUM(n_workers) AS n FROM doma_panda.harvester_worker_stats")
        let total = try #require(rows.first?.integer("n"))
        #expect(answer["total_workers"] == .integer(total))
        for name in ["by_status", "by_site", "by_jobtype", "by_resourcetype"] { #expect(sum(answer[name]) == total) }
        #expect(answer["pivot"]?.array?.compactMap { $0["workers"]?.integer }.reduce(0, +) == total)
        #expect(answer["window"]?["defaulted"] == true && answer["as_of"] != nil && answer["hint"] == nil)
        let counts = answer["by_status"]?.object?.members.compactMap(\.value.integer) ?? []
        #expect(counts == counts.sorted(by: >))
    }

    @Test func `counts the workers of one site and state`() async throws {
        let rows = try await site.rows(
            """
            SELECT SUM(n_workers) AS n FROM doma_panda.harvester_worker_stats \
            WHERE computingsite = 'E1_BNL' AND status = 'running' AND resourcetype = 'MCORE'
            """
        )
        let answer = try await call(
            "panda_harvester_workers",
            ["site": "E1_BNL", "status": "running", "resourcetype": "MCORE", "days": 1],
            on: site
        )
        #expect(answer["total_workers"]?.integer == rows.first?.integer("n"))
        #expect(answer["filters_applied"] == ["site": "E1_BNL", "status": "running", "resourcetype": "MCORE"])
        let none = try await call("panda_harvester_workers", ["site": "nowhere"], on: site)
        #expect(none["total_workers"] == 0 && none["hint"] != nil && none["as_of"] == nil)
    }

    @Test func `studies a task with its jobs, errors and datasets`() async throws {
        let task = try await call("panda_study_task", ["jeditaskid": .integer(EdgeCases.taskOfEdgeCases)], on: site)
        #expect(task["progress"]?["files_finished"] == 2 && task["progress"]?["files_failed"] == 12)
        let counts = try await call("panda_list_tasks", ["taskid": .integer(EdgeCases.taskOfEdgeCases)], on: site)
        let listed = try #require(counts.items.first?["counts"])
        let states = task["jobs"]?["by_status"]?.array ?? []
        #expect(states.first { $0["status"] == "failed" }?["jobs"] == listed["nfailed"])
        #expect(states.first { $0["status"] == "finished" }?["jobs"] == listed["nfinished"])
        let errors = task["jobs"]?["by_error"]?.array ?? []
        #expect(errors.contains { $0["component"] == "transformation" })
        #expect(task["datasets"]?.array?.compactMap { $0["type"] } == ["pseudo_input", "output", "log"])
        #expect(task["monitor_urls"]?.array?.count == 2)
    }

    @Test func `studies a forgotten task, and one with huge parameters`() async throws {
        let stale = try await call("panda_study_task", ["jeditaskid": .integer(EdgeCases.staleTask)], on: site)
        #expect(stale["status"] == "running")
        let huge = try await call(
            "panda_study_task",
            ["jeditaskid": .integer(EdgeCases.taskWithHugeParameters)],
            on: site
        )
        #expect(huge.serialized.count < 8000)
    }

    @Test func `does not find a task that is none`() async {
        let error = ToolError(
            .notFound,
            "There is no task 7.",
            hint: "Check the number; the id of a job is not the id of a task."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call("panda_study_task", ["jeditaskid": 7], on: site)
        }
    }
}
