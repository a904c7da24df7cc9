import JSON
import PluginKit
import PluginTesting
import RubinTools
import SampleData
import Testing

@Suite("The tools against the recorded monitor")
struct RecordedMonitorTests {
    private func call(
        _ name: String,
        _ arguments: JSONValue,
        on host: any HostCalling = RecordedMonitor()
    ) async throws -> JSONValue {
        let tools = try Rubin(configuration: .init(monitorURL: "https://monitor.example.org/")).tools
        let tool = try #require(tools.first { type(of: $0).description.name == name })
        return try await CallHarness(tool, host: host, now: RunFixture.now).call(arguments)
    }

    @Test func `a job went over its memory limit`() async throws {
        let id = RecordedCases.rubinMemoryJob
        let job = try await call("panda_study_job", ["pandaid": .integer(id)])
        #expect(job["primary_error"]?["code"] == 1235)
        #expect(job["site"] == "SLAC_Rubin_4G")
        #expect(
            job["monitor_urls"] == [
                ["title": "The job in the monitor", "url": .string("https://monitor.example.org/job?pandaid=\(id)")]
            ]
        )
    }

    @Test func `a run's task is told with its jobs`() async throws {
        let task = try await call("panda_study_task", ["jeditaskid": .integer(RecordedCases.subFinishedTask)])
        #expect(task["status"] == "finished")
        #expect(task["jobs"]?["by_error"]?.array?.contains { $0["code"] == 1305 } == true)
        #expect(task["missing_parts"] == [])
    }

    @Test func `what the monitor does not know is not found`() async {
        #expect(await toolError { try await call("panda_study_job", ["pandaid": 1]) }?.code == .notFound)
        #expect(await toolError { try await call("panda_study_task", ["jeditaskid": 1]) }?.code == .notFound)
    }

    @Test func `without a monitor only these two tools are unavailable`() async throws {
        let error = await toolError { try await call("panda_study_job", ["pandaid": 1], on: RecordedHost()) }
        #expect(error?.code == .unavailable)
        #expect(error?.message == "The monitor is not connected to this gateway.")
        #expect(try await call("list_runs", [:], on: RecordedHost())["items"]?.array?.isEmpty == false)
    }
}
