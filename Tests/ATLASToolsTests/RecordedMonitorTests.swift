import ATLASTools
import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The tools against the monitor that the demo replays.
@Suite struct RecordedMonitorTests {
    private func call(_ name: String, _ arguments: JSONValue) async throws -> JSONValue {
        let tools = try ATLAS(configuration: .init(monitorURL: ATLASTests.address)).tools
        let tool = try #require(tools.first { type(of: $0).description.name == name })
        return try await CallHarness(tool, host: RecordedMonitor(), now: RecordedMonitor.now)
            .call(arguments)
    }

    @Test func `job 6800730400 went over its memory limit`() async throws {
        let job = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.memoryJob)])
        #expect(job["primary_error"]?["code"] == 1235)
        #expect(job["primary_error"]?["meaning"] == "Payload exceeded maximum allowed memory")
        #expect(job["resources"]?["max_rss_kilobytes"] == 6_291_456)
    }

    @Test func `the log of job 6800730400 says by how much`() async throws {
        let job = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.memoryJob)])
        let analysis = try #require(job["log_analysis"])
        #expect(analysis["failure_type"] == "memory" && analysis["file"] == "pilotlog.txt")
        #expect(analysis["excerpt"]?.array?.last?.string?.contains("6291456 kB > 4096000 kB") == true)
        #expect(analysis["last_line"] == 11 && analysis["last_match"] == 11)
        #expect(job["next_steps"]?["user"]?.array?.isEmpty == false)
        #expect(job.serialized.count < 16 << 10)
        let line = try await call(
            "panda_job_log",
            [
                "pandaid": .integer(RecordedCases.memoryJob), "file": "pilotlog.txt", "from_line": 11, "lines": 1,
            ]
        )
        #expect(line["lines"]?.array?.first?["text"] == analysis["excerpt"]?.array?.last)
    }

    @Test(
        arguments: [
            (RecordedCases.stageInJob, "stagein_failed", "pilotlog.txt", "no such file at TRIUMF_DATADISK"),
            (RecordedCases.payloadJob, "payload_error", "payload.stdout", "payload ended with exit code 1"),
            (RecordedCases.setupJob, "setup_release_not_found", "setup.stdout", "asetup AnalysisBase,99.0.1 failed"),
        ]
    )
    func `a failure is shown by the file that tells of it`(
        id: Int,
        type: String,
        file: String,
        line: String
    ) async throws {
        let analysis = try await call("panda_study_job", ["pandaid": .integer(id)])["log_analysis"]
        #expect(analysis?["failure_type"] == .string(type) && analysis?["file"] == .string(file))
        #expect(analysis?["excerpt"]?.array?.last?.string?.contains(line) == true)
    }

    @Test func `a job whose heartbeat was lost has no log, and that is no error`() async throws {
        let job = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.lostHeartbeatJob)])
        #expect(job["log_analysis"]?["file"] == nil && job["missing_parts"] == [])
    }

    @Test func `nothing hostile in a log reaches the reader`() async throws {
        let id = JSONValue.integer(RecordedCases.hostileJob)
        for answer in [
            try await call("panda_study_job", ["pandaid": id]),
            try await call("panda_job_log", ["pandaid": id, "file": "pilotlog.txt"]),
        ] {
            let text = String(decoding: answer.serialized, as: UTF8.self)
            for secret in ["eyJ", "hunter2"] { #expect(!text.contains(secret)) }
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !$0.properties.isDefaultIgnorableCodePoint })
        }
    }

    @Test func `job 6810532013 has been running for 5 h 46 min after waiting 21 h 20 min`() async throws {
        let job = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.runningJob)])
        #expect(job["times"]?["running"] == "5 h 46 min")
        #expect(job["times"]?["waiting"] == "21 h 20 min")
    }

    @Test func `task 46374283 has 1112 of 4875 files`() async throws {
        let task = try await call("panda_study_task", ["jeditaskid": .integer(RecordedCases.runningTask)])
        #expect(task["summary"] == "Task 46374283 is running: 1112 of 4875 files done (22 %), 0 failed.")
        #expect(task["jobs"]?["total"] == 7)
        #expect(task["dataset_types"]?.array?.map { $0["type"]?.string } == ["input", "output", "log"])
        #expect(task["missing_parts"] == [])
    }

    @Test func `a task's failures are told by error`() async throws {
        let task = try await call("panda_study_task", ["jeditaskid": .integer(RecordedCases.finishedTask)])
        let errors = try #require(task["jobs"]?["by_error"]?.array)
        #expect(errors.first?["code"] == 1305)
        #expect(errors.contains { $0["component"] == "dispatcher" && $0["code"] == 100 })
        #expect(task["error_dialog"] == "6 files failed in all attempts")
    }

    @Test(arguments: [
        RecordedCases.stageInJob, RecordedCases.lostHeartbeatJob, RecordedCases.payloadJob, RecordedCases.setupJob,
    ])
    func `every told failure has a meaning`(id: Int) async throws {
        let job = try await call("panda_study_job", ["pandaid": .integer(id)])
        #expect(job["primary_error"]?["meaning"]?.string?.isEmpty == false)
    }

    @Test func `hostile text loses its colours and credentials`() async throws {
        let job = try await call("panda_study_job", ["pandaid": .integer(RecordedCases.hostileJob)])
        #expect(job["primary_error"]?["diagnosis"] == .string(EdgeCases.harmlessText))
        let answer = String(decoding: job.serialized, as: UTF8.self)
        for secret in ["eyJ", "hunter2"] { #expect(!answer.contains(secret)) }
        #expect(answer.unicodeScalars.allSatisfy { $0.value >= 0x20 && !$0.properties.isDefaultIgnorableCodePoint })
    }

    @Test(arguments: [("panda_study_job", "pandaid"), ("panda_study_task", "jeditaskid")])
    func `what the monitor does not know is not found`(tool: String, argument: String) async throws {
        let error = await #expect(throws: CallHarness.Failure.self) { try await call(tool, [argument: 1]) }
        guard case .tool(let error) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(error.code == .notFound)
    }
}
