import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

@Suite("The tools against the recorded iDDS")
struct RecordedRunsTests {
    private func report(_ run: JSONValue, monitor: String? = nil) async throws -> JSONValue {
        try await RunFixture.harness(RecordedHost(), monitor: monitor, budgetBytes: 32 << 10).call(["run": run])
    }

    private func label(_ name: String, in report: JSONValue) throws -> JSONValue {
        try #require(report["labels"]?.array?.first { $0["label"]?.string == name })
    }

    @Test func `a running run sums its chunks and tells what runs and what waits`() async throws {
        let report = try await report(.integer(RecordedCases.transformingRequest))
        #expect(report["state"] == "RUNNING")
        #expect(report["idds_status"] == "Transforming")
        #expect(report["user"] == "Erin Burke")
        let labels = report["labels"]?.array?.compactMap { $0["label"]?.string }
        #expect(labels == ["pipetaskInit", "isr", "calibrate", "makeWarp", "finalJob"])
        let calibrate = try label("calibrate", in: report)
        #expect(calibrate["jobs"] == ["SUCCEEDED": 760, "RUNNING": 640, "UNREADY": 490])
        #expect(calibrate["chunks"] == 2)
        #expect(calibrate["percent_done"] == 40)
        #expect(calibrate["panda_task_ids"] == [161_012, 161_013])
        #expect(try label("makeWarp", in: report)["jobs"] == ["UNREADY": 420])
        #expect(report["jobs"] == ["SUCCEEDED": 2651, "RUNNING": 640, "UNREADY": 911])
        #expect(report["total_jobs"] == 4202)
        #expect(report["percent_done"] == 63)
        #expect(report["exit_codes"] == [])
        #expect(report["missing_parts"] == [])
    }

    @Test func `a run with hostile names loses what is hidden in them`() async throws {
        let host = HostileHost(recorded: RecordedHost())
        let harness = try RunFixture.harness(host, budgetBytes: 32 << 10)
        let report = try await harness.call(["run": .integer(RecordedCases.transformingRequest)])
        #expect(report["name"] == .string(EdgeCases.harmlessText))
        #expect(report["user"] == .string(EdgeCases.harmlessText.prefix(128) + "…"))
        let labels = report["labels"]?.array?.compactMap { $0["label"]?.string } ?? []
        #expect(labels.contains { $0.hasSuffix(EdgeCases.harmlessText) })
        let answer = String(decoding: report.serialized, as: UTF8.self)
        for secret in ["eyJ", "hunter2"] { #expect(!answer.contains(secret)) }
        #expect(answer.unicodeScalars.allSatisfy { $0.value >= 0x20 && !$0.properties.isDefaultIgnorableCodePoint })
    }

    @Test func `a finished run is done`() async throws {
        let report = try await report(.integer(RecordedCases.finishedRequest))
        #expect(report["state"] == "SUCCEEDED")
        #expect(report["percent_done"] == 100)
        #expect(report["jobs"] == ["SUCCEEDED": 86])
        #expect(report["as_of"] == .string(RunFixture.now.description))
        #expect(report["created"] == .string(RunFixture.now.adding(seconds: -68 * 3600).description))
        #expect(
            report["summary"] == "Run 7002 is SUCCEEDED (iDDS: Finished): 86 of 86 jobs succeeded (100 %)."
        )
    }

    @Test func `a run with failures tells their exit codes and what was pruned`() async throws {
        let report = try await report(
            .integer(RecordedCases.subFinishedRequest),
            monitor: "https://monitor.example.org/"
        )
        #expect(report["state"] == "SUCCEEDED")
        #expect(report["idds_status"] == "SubFinished")
        #expect(report["jobs"] == ["SUCCEEDED": 2417, "FAILED": 37, "PRUNED": 8])
        #expect(report["percent_done"] == 98)
        let failing = try label("characterizeImage", in: report)
        #expect(failing["exit_codes"] == [["exit_code": 1, "count": 29], ["exit_code": 137, "count": 8]])
        #expect(report["exit_codes"] == failing["exit_codes"])
        #expect(try label("consolidate", in: report)["jobs"] == ["SUCCEEDED": 52, "PRUNED": 8])
        #expect(report["missing_parts"] == [])
        #expect(
            report["summary"]?.string
                == "Run 7003 is SUCCEEDED (iDDS: SubFinished): 2417 of 2462 jobs succeeded (98 %), 37 failed, 8 pruned."
                + " Most failures are in characterizeImage (37). Failed jobs by exit code 1: 29, exit code 137: 8."
        )
        #expect(
            report["monitor_urls"] == [
                [
                    "title": "PanDA task 161032 in the monitor",
                    "url": "https://monitor.example.org/task/161032/",
                ]
            ]
        )
    }

    @Test func `a failed run tells what it failed with`() async throws {
        let report = try await report(.integer(RecordedCases.failedRequest))
        #expect(report["state"] == "FAILED")
        #expect(report["jobs"] == ["FAILED": 1, "PRUNED": 300])
        #expect(report["percent_done"] == 0)
        #expect(report["exit_codes"] == [["exit_code": 2, "count": 1]])
    }

    @Test func `a cancelled run is deleted`() async throws {
        let report = try await report(.integer(RecordedCases.cancelledRequest))
        #expect(report["state"] == "DELETED")
        #expect(report["jobs"] == ["SUCCEEDED": 32, "PRUNED": 4969])
        #expect(report["percent_done"] == 0)
    }

    @Test(arguments: [
        "u_eburke_drp_w47_20261120T060000Z", "u/eburke/drp_w47/20261120T060000Z", "7003",
    ])
    func `a run is found by its name, its output collection, or its id as text`(run: String) async throws {
        #expect(try await report(.string(run))["request_id"] == 7003)
    }

    @Test(arguments: [6999, "u_nobody_run"] as [JSONValue])
    func `a run that iDDS does not know is not found`(run: JSONValue) async {
        #expect(await toolError { try await report(run) }?.code == .notFound)
    }

    @Test func `the list tells all runs of the week, newest first`() async throws {
        let list = try await RunFixture.listHarness(RecordedHost()).call()
        let items = try #require(list["items"]?.array)
        #expect(items.map { $0["request_id"] } == [7005, 7004, 7003, 7002, 7001])
        #expect(list["summary"] == ["SUCCEEDED": 2, "FAILED": 1, "RUNNING": 1, "DELETED": 1])
        let running = try #require(items.last)
        #expect(running["percent_done"] == 63)
        #expect(running["total_jobs"] == 4202)
        #expect(running["succeeded_jobs"] == 2651)
        #expect(running["running_jobs"] == 510)
        #expect(running["transforms"] == ["Finished": 2, "Transforming": 2, "New": 2])
    }
}
