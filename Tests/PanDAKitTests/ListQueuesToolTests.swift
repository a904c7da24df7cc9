import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct ListQueuesToolTests {
    private struct Known: QueueListing {
        func queues(in context: CallContext) async throws(ToolError) -> [QueueItem] {
            [("B_2", "online", "GRID"), ("a_1", "offline", "gpu"), ("A_1", "online", "gpu"), ("C", "test", "GRID")]
                .map { name, status, resource in
                    QueueItem(
                        name: name,
                        record: [
                            "status": .string(status), "resource_type": .string(resource), "vo_name": "eic",
                            "atlas_site": "BNL", "corepower": "12.5", "maxrss": "4000", "maxtime": 0,
                            "tier": .null, "cloud": "", "params": [:], "region": ["x"], "pilot_version": 3,
                        ],
                        updated: nil
                    )
                }
        }
    }

    private func call(_ arguments: JSONValue, budget: Int = 32 << 10) async throws -> JSONValue {
        try await CallHarness(
            ListQueuesTool(queues: Known()),
            host: SourcesInMemory(),
            now: Timestamp(seconds: 0),
            budgetBytes: budget
        )
        .call(arguments)
    }

    private func names(_ answer: JSONValue) -> [String] {
        (answer["items"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    @Test func `lists by name with counts by status`() async throws {
        let answer = try await call([:])
        #expect(names(answer) == ["A_1", "B_2", "C", "a_1"])
        #expect(answer["summary"] == ["online": 2, "offline": 1, "test": 1])
        #expect(
            answer["items"]?.array?.first == [
                "name": "A_1", "status": "online", "vo": "eic", "resource_type": "gpu", "core_power": 12.5,
                "site": "BNL", "pilot_version": "3", "max_rss_megabytes": 4000, "max_time_seconds": 0,
            ]
        )
    }

    @Test(
        arguments: [
            (["status": "ONLINE"], ["A_1", "B_2"]), (["search": "a_"], ["A_1", "a_1"]),
            (["search": "_"], ["A_1", "B_2", "a_1"]),
            (["resource_type": "gpu", "status": "offline"], ["a_1"]), (["vo": "atlas"], []),
            (["site": "bnl"], ["A_1", "B_2", "C", "a_1"]),
            (["site": "c"], ["C"]), (["cloud": "US"], []),
        ] as [(JSONValue, [String])]
    )
    func `filters without regard to case`(arguments: JSONValue, expected: [String]) async throws {
        let answer = try await call(arguments)
        #expect(names(answer) == expected)
        #expect(answer["total_count"] == .integer(expected.count))
        #expect((answer["hint"] == nil) == !expected.isEmpty)
    }

    @Test func `goes on after the last name shown`() async throws {
        let first = try await call(["limit": 3])
        #expect(names(first) == ["A_1", "B_2", "C"])
        #expect(first["has_more"] == true)
        let cursor = try #require(first["next_cursor"])
        let second = try await call(["limit": 3, "cursor": cursor])
        #expect(names(second) == ["a_1"])
        #expect(second["has_more"] == false)
        #expect(second["next_cursor"] == nil)
        #expect(second["total_count"] == 4)
    }

    @Test func `cuts at the budget and says so`() async throws {
        let answer = try await call([:], budget: 300)
        #expect(names(answer) == ["A_1"])
        #expect(answer["truncated"] == true)
        #expect(answer["next_cursor"] == "n1.A_1")
    }

    @Test func `refuses a foreign cursor`() async {
        let error = ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
        await #expect(throws: CallHarness.Failure.tool(error)) { try await call(["cursor": "c1.1.2.3"]) }
    }

    @Test(arguments: [0, 501]) func `refuses a limit beyond its bounds`(limit: Int) async {
        await #expect(throws: CallHarness.Failure.self) { try await call(["limit": .integer(limit)]) }
    }
}
