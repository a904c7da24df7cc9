import ATLASTools
import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// Failures of a task, reports, follow-ups and other attempts, on the records that the demo replays.
@Suite struct RecordedSummaryTests {
    private func call(_ name: String, _ arguments: JSONValue = [:], budget: Int = 1 << 20) async throws -> JSONValue {
        let tools = try ATLAS(configuration: .init(monitorURL: ATLASTests.address)).tools
        let tool = try #require(tools.first { type(of: $0).description.name == name })
        return try await CallHarness(tool, host: RecordedMonitor(), now: RecordedMonitor.now, budgetBytes: budget)
            .call(arguments)
    }

    @Test func `the failures of a task are grouped by main error, each job once`() async throws {
        let failures = try await call("panda_task_failures", ["jeditaskid": .integer(RecordedCases.finishedTask)])
        let groups = try #require(failures["groups"]?.array)
        let jobs = groups.compactMap { $0["error"]?["jobs"]?.integer }.reduce(0, +)
        #expect(failures["failed_jobs"] == .integer(jobs + (failures["without_error"]?.integer ?? 0)))
        #expect(failures["by_status"]?["failed"] == failures["failed_jobs"])
        #expect(groups.first?["error"]?["code"] == 1305 && groups.first?["error"]?["jobs"] == 2)
        #expect(groups.first?["next_steps"]?["user"]?.array?.isEmpty == false)
        let memory = try #require(groups.first { $0["error"]?["code"] == 1235 })
        #expect(memory["error"]?["sample_pandaids"] == [.integer(RecordedCases.memoryJob)])
        #expect(memory["error"]?["sites"]?["top"]?.array?.first?["name"] == "BNL")
        #expect(abs(groups.compactMap { $0["percent"]?.double }.reduce(0, +) - 100) < 1)
        #expect(failures["summary"]?.string?.contains("pilot 1305") == true)
        let first = try await call(
            "panda_task_failures",
            ["jeditaskid": .integer(RecordedCases.finishedTask), "limit": 1]
        )
        #expect(first["groups"]?.array?.count == 1 && first["groups_left_out"] == .integer(groups.count - 1))
    }

    @Test func `a task without failures says so`() async throws {
        let failures = try await call("panda_task_failures", ["jeditaskid": .integer(RecordedCases.runningTask)])
        #expect(failures["failed_jobs"] == 0 && failures["groups"] == [])
        #expect(failures["hint"]?.string?.contains("panda_study_task") == true)
    }

    @Test func `sums up a week and says what changed and what the figures leave out`() async throws {
        let report = try await call("panda_performance_summary")
        let (finished, failed) = (report["jobs"]?["finished"]?.integer ?? 0, report["jobs"]?["failed"]?.integer ?? 0)
        #expect(finished > 200 && failed > 10)
        let rate = (Double(failed) / Double(finished + failed) * 1000).rounded() / 10
        #expect(report["jobs"]?["failure_rate_percent"]?.double == rate)
        #expect(report["groups"]?.array?.compactMap { $0["jobs"]?["finished"]?.integer }.reduce(0, +) == finished)
        #expect(
            report["window"] == ["start": "2026-11-14T04:40:00Z", "end": "2026-11-21T04:40:00Z", "defaulted": true]
        )
        #expect(report["previous"]?["window"]?["end"] == "2026-11-14T04:40:00Z")
        #expect(report["usage"]?["efficiency_percent"]?.double ?? 0 > 1)
        #expect(report["top_errors"]?.array?.first?["meaning"]?.string?.isEmpty == false)
        #expect(report["tasks_by_status"]?["running"] == 1)
        #expect(report["limits"]?.array?.contains { $0.string?.contains("whole hours") == true } == true)
        #expect(report["summary"]?.string?.contains("\(finished) jobs finished") == true)
    }

    @Test(arguments: ["site", "user", "share", "type"])
    func `puts the jobs together as asked, and all of them`(grouping: String) async throws {
        let report = try await call("panda_performance_summary", ["days": 2, "group_by": .string(grouping)])
        let sum = report["groups"]?.array?.compactMap { $0["jobs"]?["finished"]?.integer }.reduce(0, +)
        #expect(sum == report["jobs"]?["finished"]?.integer && sum ?? 0 > 0)
        #expect(report["filters_applied"]?["group_by"] == .string(grouping))
    }

    @Test(arguments: [("2026-11-14T00:00:00Z", true), ("2026-11-13T23:59:59Z", false)])
    func `sums up seven days and not a second more`(start: String, isTaken: Bool) async throws {
        let arguments: JSONValue = ["start_time": .string(start), "end_time": "2026-11-21T00:00:00Z"]
        if isTaken {
            #expect(try await call("panda_performance_summary", arguments)["jobs"] != nil)
        } else {
            let error = await #expect(throws: CallHarness.Failure.self) {
                try await call("panda_performance_summary", arguments)
            }
            guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(error.code == .invalidArgument && error.message.contains("7 days"))
        }
    }

    @Test func `fewer groups are told where there is little room`() async throws {
        let report = try await call("panda_performance_summary", ["group_by": "site"], budget: 2000)
        #expect(report["groups_left_out"]?.integer ?? 0 > 0 && report["groups"]?.array?.isEmpty == false)
    }

    @Test func `a failed job is told with the attempt that followed, and that one with the failed one`() async throws {
        let failed = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.memoryJob)])
        #expect(
            failed["retries"] == [
                ["pandaid": .integer(RecordedCases.retryJob), "status": "finished", "attempt": 2, "site": "BNL"]
            ]
        )
        let retry = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.retryJob)])
        #expect(retry["retries"] == [["pandaid": .integer(RecordedCases.memoryJob)]])
        let running = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.runningJob)])
        #expect(running["retries"] == nil)
    }

    @Test func `after a running job come its logs, its task, how to kill it, and its siblings`() async throws {
        let answer = try await call("panda_suggest_followups", ["pandaid": .integer(RecordedCases.runningJob)])
        let followups = try #require(answer["followups"]?.array)
        #expect(
            followups.compactMap { $0["tool"]?.string } == [
                "panda_job_log", "panda_study_task", "ask_docs", "panda_list_jobs",
            ]
        )
        #expect(followups[1]["arguments"] == ["jeditaskid": .integer(RecordedCases.runningTask)])
        #expect(followups[2]["question"] == "How is a job killed?")
    }

    @Test(arguments: [
        RecordedCases.memoryJob, RecordedCases.runningJob, RecordedCases.lostHeartbeatJob, RecordedCases.retryJob,
    ])
    func `every call suggested after a job can be made`(id: Int) async throws {
        let answer = try await call("panda_suggest_followups", ["pandaid": .integer(id)])
        let followups = try #require(answer["followups"]?.array)
        #expect((1...4).contains(followups.count))
        for followup in followups where followup["tool"] != "ask_docs" {
            do {
                _ = try await call(followup["tool"]?.string ?? "", followup["arguments"] ?? [:])
            } catch CallHarness.Failure.tool(let error) {
                #expect(error.code == .notFound, "\(followup)")
            }
        }
    }

    @Test(arguments: [RecordedCases.runningTask, RecordedCases.finishedTask, RecordedCases.exhaustedTask])
    func `every call suggested after a task can be made`(id: Int) async throws {
        let answer = try await call("panda_suggest_followups", ["jeditaskid": .integer(id)])
        for followup in answer["followups"]?.array ?? [] where followup["tool"] != "ask_docs" {
            _ = try await call(followup["tool"]?.string ?? "", followup["arguments"] ?? [:])
        }
        let tools = answer["followups"]?.array?.compactMap { $0["tool"]?.string } ?? []
        #expect(Set(tools).count == tools.count && tools.count <= 4)
        #expect(tools.first == (id == RecordedCases.runningTask ? "panda_list_jobs" : "panda_task_failures"))
    }

    @Test(arguments: [[:], ["pandaid": 1, "jeditaskid": 2]] as [JSONValue])
    func `follow-ups are of one job or one task`(arguments: JSONValue) async throws {
        let error = await #expect(throws: CallHarness.Failure.self) {
            try await call("panda_suggest_followups", arguments)
        }
        guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error.code == .invalidArgument)
    }

    @Test func `only what the caller may call is suggested`() async throws {
        let tools = try ATLAS(configuration: .init()).tools
        let tool = try #require(tools.first { type(of: $0).description.name == "panda_suggest_followups" })
        let host = SourcesInMemory(
            request: { _ throws(ToolError) in .json(MonitorSamples.runningJob) },
            callable: ["panda_study_task", "panda_suggest_followups"]
        )
        let answer = try await CallHarness(tool, host: host, now: MonitorSamples.now).call(["pandaid": 6_810_532_013])
        #expect(answer["followups"]?.array?.compactMap { $0["tool"]?.string } == ["panda_study_task"])
    }
}
