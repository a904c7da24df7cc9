import ATLASTools
import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// Lists, sums and queues, of the monitor and the information system that the demo replays.
@Suite struct RecordedListTests {
    private func call(_ name: String, _ arguments: JSONValue = [:], budget: Int = 1 << 20) async throws -> JSONValue {
        let tools = try ATLAS(configuration: .init(monitorURL: ATLASTests.address)).tools
        let tool = try #require(tools.first { type(of: $0).description.name == name })
        return try await CallHarness(tool, host: RecordedMonitor(), now: RecordedMonitor.now, budgetBytes: budget)
            .call(arguments)
    }

    private func sum(_ counts: JSONValue?) -> Int {
        counts?.object?.members.compactMap(\.value.integer).reduce(0, +) ?? -1
    }

    @Test func `lists the jobs of a task, newest first, with counts by state`() async throws {
        let list = try await call("panda_list_jobs", ["taskid": .integer(RecordedCases.runningTask)])
        let ids = list["items"]?.array?.compactMap { $0["pandaid"]?.integer } ?? []
        #expect(ids.count == 7 && ids == ids.sorted(by: >) && ids.contains(RecordedCases.runningJob))
        #expect(list["summary"] == ["finished": 3, "running": 3, "activated": 1])
        #expect(list["total_count"] == 7 && list["has_more"] == false && list["hint"] == nil)
        #expect(list["items"]?.array?.allSatisfy { $0["created"]?.string?.hasSuffix("Z") == true } == true)
        #expect(list["items"]?.array?.first { $0["status"] == "running" }?["ended"] == nil)
        #expect(list["window"]?["defaulted"] == true)
    }

    @Test func `goes through all jobs page by page`() async throws {
        var seen: [Int] = []
        var cursor: JSONValue?
        repeat {
            let arguments: JSONValue = cursor.map { ["cursor": $0, "limit": 40] } ?? ["days": 2, "limit": 40]
            let page = try await call("panda_list_jobs", arguments)
            seen += page["items"]?.array?.compactMap { $0["pandaid"]?.integer } ?? []
            #expect(page["total_count"]?.integer ?? 0 > 40)
            cursor = page["next_cursor"]
        } while cursor != nil && seen.count < 1000
        #expect(seen == seen.sorted(by: >) && Set(seen).count == seen.count)
        let whole = try await call("panda_list_jobs", ["days": 2, "limit": 1000])
        #expect(whole["items"]?.array?.compactMap { $0["pandaid"]?.integer } == seen)
    }

    @Test(arguments: [
        ("site", "MW%", "site", "MWT2"), ("username", "%Tester", "username", "Bruno Tester"),
        ("status", "FAILED", "status", "failed"), ("status", "fin%", "status", "finished"),
        ("username", "Carla Sample", "username", "Carla Sample"),
    ])
    func `filters as asked`(filter: String, value: String, member: String, expected: String) async throws {
        let list = try await call(
            "panda_list_jobs",
            .object(JSONObject(members: [.init(name: filter, value: .string(value))]))
        )
        let found = Set(list["items"]?.array?.compactMap { $0[member]?.string } ?? [])
        #expect(found == [expected])
    }

    @Test(arguments: ["*", "MWT2|BNL", "!BNL", "B*L"])
    func `takes the monitor's own marks for plain text`(site: String) async throws {
        let list = try await call("panda_list_jobs", ["site": .string(site)])
        #expect(list["total_count"] == 0 && list["filters_applied"]?["site"] == .string(site))
    }

    @Test func `keeps to a window that ended`() async throws {
        let window: JSONValue = [
            "start_time": "2026-11-19T00:00:00Z", "end_time": "2026-11-20T12:30:00Z", "limit": 1000,
        ]
        let list = try await call("panda_list_jobs", window)
        let times = list["items"]?.array?.compactMap { $0["modified"]?.string } ?? []
        #expect(times.count > 10)
        #expect(times.allSatisfy { $0 >= "2026-11-19T00:00:00Z" && $0 < "2026-11-20T12:30:00Z" })
        #expect(list["window"]?["end"] == "2026-11-20T12:30:00Z" && list["window"]?["defaulted"] == false)
    }

    @Test func `lists tasks with their jobs and files counted`() async throws {
        let list = try await call("panda_list_tasks", ["username": "Alice%"])
        let tasks = list["items"]?.array ?? []
        #expect(
            tasks.compactMap { $0["jeditaskid"]?.integer } == [RecordedCases.runningTask, RecordedCases.finishedTask]
        )
        #expect(list["summary"] == ["finished": 1, "running": 1])
        #expect(tasks.first?["counts"]?["nfilesfinished"] == 1112)
        #expect(tasks.first?["counts"]?["nfinished"] == 3 && tasks.first?["counts"]?["nactive"] == 4)
        #expect(tasks.last?["error_dialog"] == "6 files failed in all attempts")
    }

    @Test func `finds a task by a part of its name`() async throws {
        let list = try await call("panda_list_tasks", ["taskname": "higgs"])
        #expect(list["items"]?.array?.compactMap { $0["jeditaskid"]?.integer } == [RecordedCases.exhaustedTask])
        #expect(list["items"]?.array?.first?["status"] == "exhausted")
    }

    @Test func `diagnoses the failures of a task`() async throws {
        let list = try await call("panda_diagnose_jobs", ["taskid": .integer(RecordedCases.finishedTask)])
        let memory = list["items"]?.array?.first { $0["pandaid"] == .integer(RecordedCases.memoryJob) }
        #expect(memory?["errors"]?.array?.first?["code"] == 1235)
        #expect(list["summary"]?["by_status"]?["failed"] == list["total_count"])
        let pilot = try await call(
            "panda_diagnose_jobs",
            ["taskid": .integer(RecordedCases.finishedTask), "error_component": "dispatcher"]
        )
        #expect(pilot["items"]?.array?.compactMap { $0["pandaid"]?.integer } == [RecordedCases.lostHeartbeatJob])
    }

    @Test func `sums up errors by code with sites, users and tasks`() async throws {
        let errors = try await call("panda_error_summary", ["days": 1])
        let first = try #require(errors["items"]?.array?.first)
        #expect(first["jobs"]?.integer ?? 0 > 1 && first["meaning"]?.string?.isEmpty == false)
        for member in ["sites", "users", "tasks"] {
            #expect(first[member]?["top"]?.array?.isEmpty == false, "\(member)")
        }
        #expect(first["never_started"] == nil, "the monitor does not tell")
        #expect(sum(errors["summary"]?["by_component"]) == errors["summary"]?["errors"]?.integer)
        #expect(errors["summary"]?["is_complete"] == true)
        #expect(errors["window"]?["start"] == "2026-11-20T04:40:00Z" && errors["hint"] == nil)
        let pilot = try await call("panda_error_summary", ["days": 1, "error_source": "dispatcher"])
        #expect(pilot["items"]?.array?.allSatisfy { $0["component"] == "dispatcher" } == true)
    }

    @Test func `says which window was looked at where the monitor only knows whole hours`() async throws {
        let errors = try await call(
            "panda_error_summary",
            ["start_time": "2026-11-20T00:00:00Z", "end_time": "2026-11-20T10:00:00Z"]
        )
        #expect(
            errors["window"] == ["start": "2026-11-19T23:40:00Z", "end": "2026-11-20T10:40:00Z", "defaulted": false]
        )
    }

    @Test func `counts what goes on, jobs by queue exactly`() async throws {
        let now = try await call("panda_get_activity")
        let total = try #require(now["jobs"]?["total"]?.integer)
        #expect(total > 10 && sum(now["jobs"]?["by_status"]) == total)
        for list in ["by_user", "by_site"] {
            #expect(now["jobs"]?[list]?.array?.compactMap { $0["total"]?.integer }.reduce(0, +) == total, "\(list)")
        }
        #expect(now["tasks"]?["total"] == 5 && now["hint"] == nil)
        let site = try await call("panda_get_activity", ["site": "MWT2"])
        #expect(site["jobs"]?["by_site"]?.array?.compactMap { $0["name"]?.string } == ["MWT2"])
        let user = try await call("panda_get_activity", ["username": "Alice User"])
        #expect(user["jobs"]?["by_user"]?.array?.compactMap { $0["name"]?.string } == ["Alice User"])
        #expect(user["tasks"]?["total"] == 2)
    }

    @Test func `sums up what finished jobs used`() async throws {
        let usage = try await call("panda_resource_usage", ["days": 7])
        let total = try #require(usage["totals"]?["jobs"]?.integer)
        #expect(total > 100)
        for list in ["by_site", "by_user", "buckets"] {
            #expect(usage[list]?.array?.compactMap { $0["jobs"]?.integer }.reduce(0, +) == total, "\(list)")
        }
        #expect((1...100).contains(usage["totals"]?["efficiency_percent"]?.double ?? 0))
        let finished = try await call("panda_list_jobs", ["days": 8, "status": "finished", "limit": 1000])
        #expect(finished["total_count"]?.integer ?? 0 >= total)
    }

    @Test func `counts the workers in every direction alike`() async throws {
        let workers = try await call("panda_harvester_workers")
        let total = try #require(workers["total_workers"]?.integer)
        #expect(total > 100)
        for name in ["by_status", "by_site", "by_jobtype", "by_resourcetype"] { #expect(sum(workers[name]) == total) }
        #expect(workers["as_of"] == "2026-11-21T04:38:00Z" && workers["window"]?["defaulted"] == true)
        let site = try await call("panda_harvester_workers", ["site": "MW%", "status": "running"])
        #expect(site["by_site"]?.object?.names == ["MWT2"] && site["by_status"]?.object?.names == ["running"])
    }

    @Test func `lists queues and tells one whole`() async throws {
        let list = try await call("panda_list_queues")
        #expect(list["summary"] == ["online": 3, "brokeroff": 1, "test": 1])
        #expect(list["items"]?.array?.first?["name"] == "BNL" && list["items"]?.array?.first?["updated"] != nil)
        let queue = try await call("panda_get_queue", ["panda_queue": "TRIUMF"])
        #expect(queue["queue"]?["status"] == "brokeroff" && queue["settings"]?["pilot_manager"] == "Harvester")
        let error = await #expect(throws: CallHarness.Failure.self) {
            try await call("panda_get_queue", ["panda_queue": "NOWHERE"])
        }
        guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error.code == .notFound)
    }
}
