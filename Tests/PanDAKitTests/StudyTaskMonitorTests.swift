import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Synchronization
import Testing

/// The limits of what is read from a monitor.
@Suite struct StudyTaskMonitorTests {
    static let now = Timestamp(seconds: 1_795_226_400)

    /// Answers every request with a task of so many jobs, and keeps what was asked for.
    private final class Monitor: HostCalling {
        let jobs: Int
        private let record = Mutex<[JSONValue]>([])

        init(jobs: Int) {
            self.jobs = jobs
        }

        var requests: [JSONValue] { record.withLock { $0 } }

        func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
            record.withLock { $0.append((try? JSONValue(parsing: body)) ?? .null) }
            let rows = (0..<jobs).map { ["pandaid": .integer($0), "jobstatus": "running"] as JSONValue }
            let reply: JSONValue = [
                "status": 200, "headers": [:], "encoding": "json", "truncated": false,
                "body": [
                    "task": ["jeditaskid": 7, "status": "running"], "datasets": [], "jobs": .array(rows),
                    "errsByCount": [],
                ],
            ]
            return HostReply(status: 0, body: reply.serialized)
        }

        func progress(done: Double, total: Double?, note: String) {}

        func log(_ level: LogLevel, _ message: String) {}
    }

    private func study(_ monitor: Monitor, maximumJobs: Int = 3) async throws -> JSONValue {
        let reading = MonitorTaskReading(
            source: MonitorSource(name: "other", maximumBytes: 1000),
            pages: try MonitorPages(address: nil),
            maximumJobs: maximumJobs
        )
        return try await CallHarness(StudyTaskTool(tasks: reading), host: monitor, now: Self.now)
            .call(["jeditaskid": 7])
    }

    @Test(arguments: [2, 3])
    func `a list of jobs that may have been cut says so`(count: Int) async throws {
        let answer = try await study(Monitor(jobs: count))
        #expect(answer["jobs"]?["total"]?.integer == count)
        let missing: JSONValue = count == 3 ? ["jobs: only 3 of them were counted"] : []
        #expect(answer["missing_parts"] == missing)
    }

    @Test func `requests go to the source named, with their limits`() async throws {
        let monitor = Monitor(jobs: 0)
        _ = try await study(monitor)
        #expect(monitor.requests.map { $0["source"]?.string } == ["other", "other"])
        #expect(monitor.requests.map { $0["max_bytes"]?.integer } == [1000, 1000])
        #expect(monitor.requests.last?["query"]?["limit"] == "3")
    }

    @Test(arguments: [
        ("plain", "plain"), ("a <b>c</b> d", "a c d"), ("x < 3 and y > 2", "x < 3 and y > 2"), ("open <a", "open <a"),
        ("<!-- note -->text", "text"), ("<", "<"), ("", ""),
    ])
    func `tags are taken out, comparisons are not`(text: String, bare: String) {
        #expect(UntrustedText.withoutTags(text) == bare)
    }

    @Test(arguments: [(511, "", 511), (512, "", 512), (513, "…", 512)])
    func `text is cut at its limit`(length: Int, end: String, kept: Int) {
        let text = String(repeating: "a", count: length)
        let cut = UntrustedText.cleaned(text)
        #expect(cut == String(repeating: "a", count: kept) + end)
    }
}
