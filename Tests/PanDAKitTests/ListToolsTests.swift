import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Synchronization
import Testing

/// The two lists over a source that holds what it is asked for.
@Suite struct ListToolsTests {
    private final class Shelf: JobListing, TaskListing {
        private let asked = Mutex<(job: JobQuery?, task: TaskQuery?)>((nil, nil))
        let count: Int

        init(count: Int) {
            self.count = count
        }

        var job: JobQuery? { asked.withLock { $0.job } }
        var task: TaskQuery? { asked.withLock { $0.task } }

        func jobs(matching query: JobQuery, in context: CallContext) async throws(ToolError) -> JobPage {
            asked.withLock { $0.job = query }
            return JobPage(
                jobs: (0..<min(count, query.limit)).map { JobListItem(pandaid: 1000 - $0, status: "failed") },
                totalCount: count,
                hasMore: count > query.limit,
                countsByStatus: count == 0 ? [] : [("failed", count)]
            )
        }

        func tasks(matching query: TaskQuery, in context: CallContext) async throws(ToolError) -> TaskPage {
            asked.withLock { $0.task = query }
            return TaskPage(
                tasks: (0..<min(count, query.limit)).map { TaskListItem(jeditaskid: 1000 - $0, status: "done") },
                hasMore: count > query.limit,
                countsByStatus: count == 0 ? [] : [("done", count)]
            )
        }
    }

    private static let now = Timestamp(seconds: 1_795_237_200)

    private func jobs(_ shelf: Shelf, _ arguments: JSONValue, budget: Int = 1 << 20) async throws -> JSONValue {
        try await CallHarness(ListJobsTool(jobs: shelf), host: SourcesInMemory(), now: Self.now, budgetBytes: budget)
            .call(arguments)
    }

    private func tasks(_ shelf: Shelf, _ arguments: JSONValue) async throws -> JSONValue {
        try await CallHarness(ListTasksTool(tasks: shelf), host: SourcesInMemory(), now: Self.now, budgetBytes: 1 << 20)
            .call(arguments)
    }

    @Test func `passes filters on and shows them`() async throws {
        let shelf = Shelf(count: 1)
        let answer = try await jobs(shelf, ["status": "FAILED", "site": "BNL%", "taskid": 5, "before_id": 9])
        #expect(shelf.job?.status == "failed")
        #expect(shelf.job?.question.beforeID == 9)
        #expect(shelf.job?.limit == 200)
        #expect(
            answer["filters_applied"] == ["status": "failed", "site": "BNL%", "taskid": 5, "limit": 200]
        )
        _ = try await tasks(shelf, ["status": "broken", "taskname": "scan", "processingtype": "__blank__", "reqid": 3])
        #expect(shelf.task?.status == "broken")
        #expect(shelf.task?.taskName == "scan")
        #expect(shelf.task?.processingType == ProcessingType.blank)
        #expect(shelf.task?.requestID == 3)
        #expect(shelf.task?.limit == 25)
    }

    @Test func `goes on with a cursor that keeps the window`() async throws {
        let shelf = Shelf(count: 30)
        let answer = try await tasks(shelf, ["days": 2])
        #expect(answer["items"]?.array?.count == 25)
        #expect(answer["total_count"] == 30)
        let cursor = try #require(answer["next_cursor"])
        let first = shelf.task?.question
        _ = try await tasks(shelf, ["cursor": cursor])
        #expect(shelf.task?.question.beforeID == 976)
        #expect(shelf.task?.question.window.start == first?.window.start)
        #expect(shelf.task?.question.window.end == first?.window.end)
    }

    @Test func `cuts at the budget and goes on after the last one shown`() async throws {
        let answer = try await jobs(Shelf(count: 50), ["limit": 50], budget: 1000)
        let last = try #require(answer["items"]?.array?.last?["pandaid"]?.integer)
        #expect(answer["truncated"] == true)
        #expect(answer["has_more"] == true)
        #expect(answer["next_cursor"]?.string?.hasPrefix("c1.\(last).") == true)
    }

    @Test func `suggests a wider window for nothing found`() async throws {
        let hint: JSONValue = "Nothing in the default window; try days: 30, or give start_time."
        #expect(try await jobs(Shelf(count: 0), [:])["hint"] == hint)
        #expect(try await tasks(Shelf(count: 0), [:])["hint"] == hint)
        #expect(try await tasks(Shelf(count: 0), ["days": 7])["hint"] == nil)
    }

    @Test func `refuses a word that is no state`() async {
        await #expect(throws: CallHarness.Failure.self) { try await jobs(Shelf(count: 1), ["status": "broken"]) }
        await #expect(throws: CallHarness.Failure.self) { try await tasks(Shelf(count: 1), ["status": "holding"]) }
    }

    @Test(arguments: [0, 501]) func `refuses a limit of tasks beyond its bounds`(limit: Int) async {
        await #expect(throws: CallHarness.Failure.self) { try await tasks(Shelf(count: 1), ["limit": .integer(limit)]) }
    }

    @Test(arguments: [0, 1001]) func `refuses a limit of jobs beyond its bounds`(limit: Int) async {
        await #expect(throws: CallHarness.Failure.self) { try await jobs(Shelf(count: 1), ["limit": .integer(limit)]) }
    }
}
