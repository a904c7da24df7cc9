import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct GetActivityToolTests {
    private struct Counted: ActivityReading {
        var facts = ActivityFacts(jobsByUser: [], jobsBySite: [], tasksByUser: [], tasksByType: [])

        func activity(
            matching query: ActivityQuery,
            in context: CallContext
        ) async throws(ToolError) -> ActivityFacts { facts }
    }

    private static let now = Timestamp(seconds: 1_795_237_200)

    private func call(
        _ facts: ActivityFacts,
        _ arguments: JSONValue = [:],
        budget: Int = 32 << 10
    ) async throws -> JSONValue {
        try await CallHarness(
            GetActivityTool(activity: Counted(facts: facts)),
            host: SourcesInMemory(),
            now: Self.now,
            budgetBytes: budget
        )
        .call(arguments)
    }

    private static let some = ActivityFacts(
        jobsByUser: [
            .init(name: "ada", status: "failed", count: 2), .init(name: "ada", status: "finished", count: 5),
            .init(name: nil, status: "finished", count: 9),
        ],
        jobsBySite: [.init(name: "BNL", status: "finished", count: 16)],
        tasksByUser: [.init(name: "ada", status: "done", count: 3)],
        tasksByType: [
            .init(name: "panda-client-1.2-jedi-run", status: "done", count: 1),
            .init(name: "panda-client-1.3-jedi-run", status: "done", count: 1),
            .init(name: "nightly-test", status: "done", count: 1),
        ]
    )

    @Test func `sums up by state, name and kind`() async throws {
        let answer = try await call(Self.some)
        #expect(answer["jobs"]?["total"] == 16)
        #expect(answer["jobs"]?["by_status"] == ["finished": 14, "failed": 2])
        #expect(
            answer["jobs"]?["by_user"] == [
                ["name": "(none)", "total": 9, "counts": ["finished": 9]],
                ["name": "ada", "total": 7, "counts": ["finished": 5, "failed": 2]],
            ]
        )
        #expect(answer["tasks"]?["by_status"] == ["done": 3])
        #expect(
            answer["tasks"]?["by_type"] == [
                [
                    "type": "panda-client-jedi-run", "count": 2, "is_test": false,
                    "filter_value": "panda-client-%-jedi-run",
                ],
                ["type": "nightly-test", "count": 1, "is_test": true, "filter_value": "nightly-test"],
            ]
        )
        #expect(answer["window"]?["defaulted"] == true)
        #expect(answer["window"]?["start"] == .string(Self.now.subtracting(days: 1).description))
        #expect(answer["as_of"] == .string(Self.now.description))
        #expect(answer["hint"] == nil)
    }

    @Test func `names fifty and counts the rest`() async throws {
        var facts = Self.some
        facts.jobsBySite = (0..<51).map { .init(name: "site\($0)", status: "finished", count: 100 - $0) }
        let jobs = try await call(facts)["jobs"]
        #expect(jobs?["by_site"]?.array?.count == 50)
        #expect(jobs?["by_site"]?.array?.first?["name"] == "site0")
        #expect(jobs?["sites_left_out"] == 1)
        #expect(jobs?["users_left_out"] == 0)
    }

    @Test func `names fewer where the budget is small`() async throws {
        var facts = Self.some
        facts.jobsBySite = (0..<50).map { .init(name: "a-site-with-a-name-\($0)", status: "finished", count: 1) }
        let answer = try await call(facts, budget: 3000)
        #expect(answer.serialized.count <= 3000)
        let shown = answer["jobs"]?["by_site"]?.array?.count ?? 0
        #expect((2..<50).contains(shown))
        #expect(answer["jobs"]?["sites_left_out"] == .integer(50 - shown))
    }

    @Test func `suggests a wider window for nothing found`() async throws {
        let none = ActivityFacts(jobsByUser: [], jobsBySite: [], tasksByUser: [], tasksByType: [])
        #expect(try await call(none)["hint"] == "Nothing in the last day; try days: 7.")
        #expect(try await call(none, ["days": 1])["hint"] == nil)
    }
}
