import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite("Workers from one source or another")
struct FirstWorkersToldTests {
    private struct Counts: WorkerReading {
        var counts: [Int] = []
        var error: ToolError?

        func workers(
            matching query: WorkerQuery,
            in context: CallContext
        ) async throws(ToolError) -> [WorkerCount] {
            if let error { throw error }
            return counts.map {
                WorkerCount(site: "A", status: "running", jobType: nil, resourceType: nil, workers: $0, told: nil)
            }
        }
    }

    private static let now = Timestamp("2026-03-23T12:00:00Z") ?? Timestamp(seconds: 0)

    private func total(_ first: Counts, _ second: Counts) async throws -> Int? {
        let tool = HarvesterWorkersTool(workers: FirstWorkersTold(first, orElse: second))
        return try await CallHarness(tool, host: SourcesInMemory(), now: Self.now).call([:])["total_workers"]?.integer
    }

    @Test func `the first source counts when it knows of any`() async throws {
        #expect(try await total(Counts(counts: [3, 4]), Counts(counts: [9])) == 7)
    }

    @Test(arguments: [nil, ToolError(.unavailable, "away"), ToolError(.timeout, "slow")])
    func `the second is asked when the first knows of none or does not answer`(_ error: ToolError?) async throws {
        #expect(try await total(Counts(error: error), Counts(counts: [9])) == 9)
    }

    @Test func `a second that does not answer takes nothing from the first`() async throws {
        #expect(try await total(Counts(), Counts(error: ToolError(.unavailable, "not connected"))) == 0)
        let error = await #expect(throws: CallHarness.Failure.self) {
            try await total(
                Counts(error: ToolError(.timeout, "first")),
                Counts(error: ToolError(.unavailable, "second"))
            )
        }
        guard case .tool(let error) = error else { return #expect(Bool(false)) }
        #expect(error.code == .timeout)
    }

    @Test func `a refusal of the first is its answer`() async throws {
        await #expect(throws: CallHarness.Failure.self) {
            try await total(Counts(error: ToolError(.tooLarge, "much")), Counts(counts: [9]))
        }
    }

    @Test func `a monitor's counts without a time are of the window that was asked for`() async throws {
        let host = SourcesInMemory(request: { request throws(ToolError) in
            #expect(request.source == "monitor")
            return .json([
                ["nworkers": 5, "status": "running", "computingsite": "A"],
                ["nworkers": 6, "status": "running", "computingsite": "A", "lastupdate": "2026-03-23 11:30:00"],
                ["nworkers": 7, "status": "running", "computingsite": "A", "lastupdate": "2026-03-20 11:30:00"],
            ])
        })
        let reading = MonitorWorkerReading(rows: MonitorRows(source: MonitorSource()))
        let answer = try await CallHarness(HarvesterWorkersTool(workers: reading), host: host, now: Self.now).call([:])
        #expect(answer["total_workers"] == 11)
    }
}
