import ATLASTools
import JSON
import PluginKit
import PluginTesting
import Testing

@Suite struct StudyTaskTests {
    func harness(_ host: any HostCalling) throws -> CallHarness {
        let tools = try ATLAS(configuration: .init(monitorURL: ATLASTests.address)).tools
        let tool = try #require(tools.first { type(of: $0).description.name == "panda_study_task" })
        return CallHarness(tool, host: host, now: MonitorSamples.now)
    }

    func study(
        _ task: SourcesInMemory.Answer,
        jobs: SourcesInMemory.Answer = .json(MonitorSamples.noJobs)
    ) async throws -> JSONValue {
        try await harness(MonitorSamples.monitor(["/task/46374283/": task, "/jobs/": jobs]))
            .call(["jeditaskid": 46_374_283])
    }

    @Test func `tells how far task 46374283 has come`() async throws {
        let task = try await study(.json(MonitorSamples.task()))
        #expect(task["summary"] == "Task 46374283 is running: 1112 of 4875 files done (22 %), 0 failed.")
        #expect(task["status_meaning"] == "generating and running jobs")
        #expect(task["is_final"] == false)
        #expect(
            task["progress"] == [
                "files_total": 4875, "files_finished": 1112, "files_failed": 0, "files_missing": 0,
                "percent_finished": 22, "percent_failed": 0,
            ]
        )
        #expect(task["times"]?["created"] == "2026-11-21T01:14:44Z")
        #expect(task["times"]?["started"] == nil)
        #expect(task["times"]?["age_seconds"] == 2716)
        #expect(
            task["dataset_types"] == [
                ["type": "input", "count": 1, "nfiles": 4875, "nfilesfinished": 1112, "nfilesfailed": 0],
                ["type": "log", "count": 1, "nfiles": 1112, "nfilesfinished": 1112, "nfilesfailed": 0],
            ]
        )
        #expect(task["missing_parts"] == [])
        #expect(task["monitor_urls"]?.array?.count == 2)
        #expect(
            task["legal_commands"]?.array?.map { $0["command"]?.string }
                == ["retry", "finish", "kill", "reassign", "pause"]
        )
    }

    @Test func `counts jobs by state, site and error`() async throws {
        let host = MonitorSamples.monitor([
            "/task/46374283/": .json(MonitorSamples.task()), "/jobs/": .json(MonitorSamples.jobs),
        ])
        let task = try await harness(host).call(["jeditaskid": 46_374_283])
        #expect(host.requests.map(\.path) == ["/task/46374283/", "/jobs/"])
        #expect(host.requests.first?.query == ["json": ""])
        #expect(host.requests.last?.query["jeditaskid"] == "46374283")
        #expect(host.requests.last?.query["fields"] == "pandaid,jobstatus,computingsite")
        #expect(host.progress == [1, 2])
        #expect(
            task["jobs"] == [
                "total": 3,
                "by_status": [
                    ["status": "running", "jobs": 1], ["status": "finished", "jobs": 1],
                    ["status": "failed", "jobs": 1],
                ],
                "by_site": [["site": "BNL", "jobs": 2, "failed": 1], ["site": "MWT2", "jobs": 1, "failed": 0]],
                "by_error": [
                    [
                        "component": "pilot", "code": 1235, "acronym": "PAYLOADEXCEEDMAXMEM",
                        "meaning": "Payload exceeded maximum allowed memory",
                        "diagnosis": "Payload exceeded maximum allowed memory", "jobs": 1,
                        "example_pandaid": 6_800_730_400,
                    ]
                ],
            ]
        )
        #expect(
            task["summary"] == """
                Task 46374283 is running: 1112 of 4875 files done (22 %), 0 failed. Most frequent error: pilot 1235 \
                (PAYLOADEXCEEDMAXMEM), 1 job.
                """
        )
    }

    @Test(arguments: [
        SourcesInMemory.Answer.json([:], status: 502), .text(MonitorSamples.page), .json([]), .text("{"),
        .json([:], status: 504),
    ])
    func `a task without its jobs is still told`(jobs: SourcesInMemory.Answer) async throws {
        let task = try await study(.json(MonitorSamples.task()), jobs: jobs)
        #expect(task["progress"]?["percent_finished"] == 22)
        #expect(task["jobs"] == nil)
        let missing = try #require(task["missing_parts"]?.array)
        #expect(missing.count == 1)
        #expect(missing.first?.string?.hasPrefix("jobs: The monitor") == true)
    }

    @Test func `errors under the monitor's own names are understood`() async throws {
        let jobs: JSONValue = [
            "jobs": [],
            "errsByCount": [
                ["error": "dataservice:200", "codename": "ddmerrorcode", "codeval": "200", "diag": "", "count": 7],
                ["error": "jobdispatcher:100", "codeval": 100, "diag": "lost heartbeat", "count": 9],
                ["error": "transform:137", "codename": "transexitcode", "codeval": "137", "count": 1],
                ["error": "else:1", "codeval": 1, "count": 99], ["error": "pilot:0", "codeval": 0, "count": 5],
            ],
        ]
        let task = try await study(.json(MonitorSamples.task()), jobs: .json(jobs))
        #expect(
            task["jobs"]?["by_error"]?.array?.map { $0["component"]?.string }
                == ["dispatcher", "ddm", "transformation"]
        )
    }

    @Test func `counts come from the datasets where the summary is missing`() async throws {
        let task = try await study(.json(MonitorSamples.task(["dsinfo": .null])))
        #expect(task["progress"]?["files_total"] == 4875)
        #expect(task["progress"]?["percent_finished"] == 22)
    }

    @Test func `a task that cannot run says so, and its dialog is cleaned`() async throws {
        let answer = MonitorSamples.task([
            "status": "broken", "dsinfo": [:],
            "errordialog": """
            <a href="https://logs.example.org/1">no\u{202E} output</a> if x < 3 \
            Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW1wbGUifQ.c2FtcGxl
            """,
        ])
        var bare = try #require(answer.object)
        bare["datasets"] = []
        let task = try await study(.json(.object(bare)))
        #expect(task["summary"] == "Task 46374283 is broken: cannot run (bad parameters).")
        #expect(task["error_dialog"] == "no output if x < 3 [redacted]")
        #expect(task["legal_commands"] == [])
        #expect(task["progress"] == [:])
        #expect(task["is_final"] == true)
    }

    @Test(arguments: [20, 21])
    func `lists twenty datasets and says what it leaves out`(count: Int) async throws {
        var answer = try #require(MonitorSamples.task().object)
        answer["datasets"] = .array((0..<count).map { MonitorSamples.dataset($0, "output", "d\($0)", 1, 1, 0) })
        let task = try await study(.json(.object(answer)))
        #expect(task["datasets"]?.array?.count == 20)
        #expect(task["dataset_types"]?.array?.first?["count"]?.integer == count)
        let missing: JSONValue = count > 20 ? ["datasets: 1 more are not listed"] : []
        #expect(task["missing_parts"] == missing)
    }

    @Test(arguments: [SourcesInMemory.Answer.text(MonitorSamples.page), .json([:], status: 404)])
    func `an unknown task is not found, and its jobs are not asked for`(answer: SourcesInMemory.Answer) async throws {
        let host = MonitorSamples.monitor(["/task/1/": answer])
        let error = ToolError(
            .notFound,
            "There is no task 1.",
            hint: "Check the number; the id of a job is not the id of a task."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) { try await harness(host).call(["jeditaskid": 1]) }
        #expect(host.requests.count == 1)
    }

    @Test(arguments: [
        (SourcesInMemory.Answer.json([:], status: 500), ToolError.Code.unavailable), (.json([:]), .unavailable),
        (.json(["task": ["jeditaskid": 46_374_283]]), .unavailable), (.json([:], status: 408), .timeout),
        (.json(["task": ["jeditaskid": 2, "status": "done"]]), .unavailable),
    ])
    func `an answer that is none is no task that is missing`(
        answer: SourcesInMemory.Answer,
        code: ToolError.Code
    ) async throws {
        let error = await #expect(throws: CallHarness.Failure.self) { try await study(answer) }
        guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error.code == code)
    }

    @Test(arguments: [0, 9_007_199_254_740_992])
    func `numbers that cannot be a task are refused`(id: Int) async throws {
        let error = await #expect(throws: CallHarness.Failure.self) {
            try await harness(FixedHost(status: 9)).call(["jeditaskid": .integer(id)])
        }
        guard case .arguments = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
}
