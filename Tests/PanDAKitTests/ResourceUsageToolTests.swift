import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct ResourceUsageToolTests {
    private struct Known: UsageReading {
        var facts: UsageFacts

        func usage(matching query: UsageQuery, in context: CallContext) async throws(ToolError) -> UsageFacts { facts }
    }

    private static let now = Timestamp(seconds: 1_795_237_200)

    private static func usage(_ jobs: Int, hours: Double = 1) -> Usage {
        Usage(
            jobs: jobs,
            allocatedCoreSeconds: hours * 3600 * 8,
            usedCoreSeconds: hours * 3600 * 6,
            wallSeconds: hours * 3600
        )
    }

    /// 2026-11-15 was a Sunday.
    private static let days = ["2026-11-15", "2026-11-16", "2026-11-21"].compactMap { Timestamp($0) }

    private static let some = UsageFacts(
        bySite: [("A", usage(1)), (nil, usage(2, hours: 2))],
        byUser: [("ada", usage(3, hours: 3))],
        byDay: days.map { ($0, usage(1)) }
    )

    private func call(
        _ arguments: JSONValue,
        _ facts: UsageFacts = some,
        budget: Int = 32 << 10
    ) async throws -> JSONValue {
        try await CallHarness(
            ResourceUsageTool(usage: Known(facts: facts)),
            host: SourcesInMemory(),
            now: Self.now,
            budgetBytes: budget
        )
        .call(arguments)
    }

    @Test func `tells hours in all, by name and by day`() async throws {
        let answer = try await call([:])
        #expect(
            answer["totals"] == [
                "jobs": 3, "allocated_core_hours": 24, "used_core_hours": 18, "wall_hours": 3,
                "efficiency_percent": 75,
            ]
        )
        #expect(answer["by_site"]?.array?.map { $0["name"] } == ["(none)", "A"])
        #expect(answer["by_user"]?.array?.first?["allocated_core_hours"] == 24)
        #expect(
            answer["buckets"]?.array?.map { $0["start"] } == [
                "2026-11-15T00:00:00Z", "2026-11-16T00:00:00Z", "2026-11-21T00:00:00Z",
            ]
        )
        #expect(answer["window"]?["start"] == .string(Self.now.subtracting(days: 30).description))
        #expect(answer["filters_applied"] == ["bucket": "day"])
        #expect(answer["hint"] == nil)
    }

    @Test func `begins a week with its Monday`() async throws {
        let buckets = try await call(["bucket": "week"])["buckets"]?.array
        #expect(buckets?.map { $0["start"] } == ["2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z"])
        #expect(buckets?.map { $0["jobs"] } == [1, 2])
    }

    @Test func `names thirty and counts the rest`() async throws {
        var facts = Self.some
        facts.byUser = (0..<31).map { ("user\($0)", Self.usage(1, hours: Double(40 - $0))) }
        let answer = try await call([:], facts)
        #expect(answer["by_user"]?.array?.count == 30)
        #expect(answer["by_user"]?.array?.first?["name"] == "user0")
        #expect(answer["users_left_out"] == 1)
    }

    @Test func `keeps the newest days where the budget is small`() async throws {
        var facts = Self.some
        facts.byDay = (0..<300).map { (Self.days[0].adding(seconds: -$0 * 86_400), Self.usage(1)) }
        let answer = try await call(["days": 366], facts, budget: 6000)
        #expect(answer.serialized.count <= 6000)
        let shown = answer["buckets"]?.array ?? []
        #expect((1..<300).contains(shown.count))
        #expect(shown.last?["start"] == "2026-11-15T00:00:00Z")
        #expect(answer["buckets_left_out"] == .integer(300 - shown.count))
        #expect(answer["totals"]?["jobs"] == 300)
    }

    @Test func `says that nothing finished`() async throws {
        let answer = try await call([:], UsageFacts(bySite: [], byUser: [], byDay: []))
        #expect(answer["totals"]?["efficiency_percent"] == nil)
        #expect(answer["hint"] == "No job finished in the window; give an earlier start_time or fewer filters.")
    }

    @Test func `takes a window of 366 days and no second more`() async throws {
        let end: JSONValue = "2026-11-21T00:00:00Z"
        _ = try await call(["start_time": "2025-11-20T00:00:00Z", "end_time": end])
        let error = ToolError(.invalidArgument, "start_time: must be at most 366 days before end_time.")
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call(["start_time": "2025-11-19T23:59:59Z", "end_time": end])
        }
        await #expect(throws: CallHarness.Failure.self) { try await call(["days": 367]) }
        await #expect(throws: CallHarness.Failure.self) { try await call(["bucket": "hour"]) }
    }
}
