import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct FailureToolsTests {
    private struct Known: FailureListing, ErrorReading {
        var combinations: [ErrorCombination] = []
        var groups: [ErrorFacts.Group] = []
        var isComplete = true

        func failures(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> FailurePage {
            FailurePage(
                jobs: (0..<min(3, query.limit)).map { index in
                    FailedJob(
                        pandaid: 100 - index,
                        status: "failed",
                        errors: JobErrors.all(
                            code: { [.pilot: 1305, .ddm: 200][$0] },
                            diagnosis: { _ in "text" }
                        )
                    )
                },
                hasMore: query.limit < 3,
                combinations: combinations
            )
        }

        func errors(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> ErrorFacts {
            var counts: [ErrorComponent: Int] = [:]
            for found in combinations {
                for component in found.codes.keys { counts[component, default: 0] += found.jobs }
            }
            return ErrorFacts(counts: counts, groups: groups, isComplete: isComplete)
        }
    }

    private static let now = Timestamp(seconds: 1_795_237_200)

    private static let some = [
        ErrorCombination(status: "failed", codes: [.pilot: 1305, .ddm: 200], jobs: 3),
        ErrorCombination(status: "failed", codes: [.pilot: 1305], jobs: 4),
        ErrorCombination(status: "closed", codes: [:], jobs: 2),
    ]

    private func diagnose(_ arguments: JSONValue, known: Known = Known(combinations: some)) async throws -> JSONValue {
        try await CallHarness(DiagnoseJobsTool(jobs: known), host: SourcesInMemory(), now: Self.now).call(arguments)
    }

    private func summary(_ arguments: JSONValue, _ known: Known, budget: Int = 32 << 10) async throws -> JSONValue {
        try await CallHarness(
            ErrorSummaryTool(errors: known),
            host: SourcesInMemory(),
            now: Self.now,
            budgetBytes: budget
        )
        .call(arguments)
    }

    private static func group(
        _ diagnosis: String?,
        code: Int = 1305,
        site: String? = "BNL",
        user: String? = "ada",
        jobs: Int = 1,
        pandaid: Int = 1
    ) -> ErrorFacts.Group {
        ErrorFacts.Group(
            component: .pilot,
            code: code,
            diagnosis: diagnosis,
            jobs: jobs,
            neverStarted: 1,
            pandaids: [pandaid, pandaid + 100],
            sites: .init([(site, jobs)]),
            users: .init([(user, jobs)]),
            tasks: .init([("7", jobs)])
        )
    }

    @Test func `sums up the whole match beside a page`() async throws {
        let answer = try await diagnose(["limit": 2])
        #expect(answer["total_count"] == 9)
        #expect(answer["summary"]?["by_status"] == ["failed": 7, "closed": 2])
        let errors = try #require(answer["summary"]?["by_error"]?.array)
        #expect(errors.map { $0["component"] } == ["pilot", "ddm"])
        #expect(errors.map { $0["jobs"] } == [7, 3])
        #expect(answer["summary"]?["without_error"] == 2)
        #expect(answer["summary"]?["errors_left_out"] == 0)
        #expect(answer["filters_applied"] == ["limit": 2])
        #expect(answer["next_cursor"]?.string?.hasPrefix("c1.99.") == true)
        let job = try #require(answer["items"]?.array?.first)
        #expect(job["primary_error"]?["component"] == "pilot")
        #expect(job["errors"]?.array?.count == 2)
    }

    @Test func `lists at most so many errors`() {
        let many = (1...51).map { ErrorCombination(status: "failed", codes: [.pilot: $0], jobs: $0) }
        let value = FailureSummary.value(of: many)
        #expect(value["by_error"]?.array?.count == 50)
        #expect(value["by_error"]?.array?.first?["jobs"] == 51)
        #expect(value["errors_left_out"] == 1)
    }

    @Test func `takes a component under any of its names and refuses others`() async throws {
        let answer = try await diagnose(["error_component": "Exe"])
        #expect(answer["filters_applied"]?["error_component"] == "executor")
        let known = "brokerage, ddm, executor, dispatcher, pilot, supervisor, taskbuffer, transformation"
        await #expect(
            throws: CallHarness.Failure.tool(.init(.invalidArgument, "error_component: is none of \(known)."))
        ) { try await diagnose(["error_component": "weather"]) }
        await #expect(
            throws: CallHarness.Failure.tool(.init(.invalidArgument, "error_source: is none of \(known)."))
        ) { try await summary(["error_source": "weather"], Known()) }
    }

    @Test(arguments: [0, 501]) func `refuses a limit of jobs beyond its bounds`(limit: Int) async {
        await #expect(throws: CallHarness.Failure.self) { try await diagnose(["limit": .integer(limit)]) }
    }

    @Test(arguments: [0, 201]) func `refuses a limit of patterns beyond its bounds`(limit: Int) async {
        await #expect(throws: CallHarness.Failure.self) { try await summary(["limit": .integer(limit)], Known()) }
    }

    @Test func `puts texts together that differ in what varies`() async throws {
        let groups = [
            Self.group("lost heartbeat : 2026-11-20 04:12:33", site: "A", jobs: 2, pandaid: 5),
            Self.group("lost heartbeat : 2026-11-21 05:00:00", site: "B", jobs: 3, pandaid: 4),
            Self.group("lost heartbeat : 2026-11-21 05:00:00", code: 1306, jobs: 1, pandaid: 9),
            Self.group(nil, site: nil, user: nil, jobs: 4, pandaid: 8),
        ]
        let answer = try await summary([:], Known(combinations: Self.some, groups: groups))
        let items = try #require(answer["items"]?.array)
        #expect(items.map { $0["jobs"] } == [5, 4, 1])
        #expect(items[0]["pattern"] == "lost heartbeat : <time>")
        #expect(items[0]["sample"] == "lost heartbeat : 2026-11-21 05:00:00")
        #expect(items[0]["sites"] == ["top": [["name": "B", "jobs": 3], ["name": "A", "jobs": 2]], "left_out": 0])
        #expect(items[0]["tasks"]?["top"] == [["name": "7", "jobs": 5]])
        #expect(items[0]["sample_pandaids"] == [4, 5, 104])
        #expect(items[0]["never_started"] == 2)
        #expect(items[1]["pattern"] == nil)
        #expect(items[1]["users"]?["top"] == [["name": "(none)", "jobs": 4]])
        #expect(
            answer["summary"] == ["errors": 10, "by_component": ["pilot": 7, "ddm": 3], "is_complete": true]
        )
        #expect(answer["total_count"] == 3)
        #expect(answer["has_more"] == false)
    }

    @Test func `names five and counts the rest`() async throws {
        let groups = (0..<6).map { Self.group("x", site: "S\($0)", jobs: 10 - $0, pandaid: $0 + 1) }
        let answer = try await summary(["error_source": "pilot"], Known(combinations: Self.some, groups: groups))
        let item = try #require(answer["items"]?.array?.first)
        #expect(item["sites"]?["top"]?.array?.count == 5)
        #expect(item["sites"]?["left_out"] == 1)
        #expect(item["sample_pandaids"] == [1, 2, 3])
        #expect(answer["summary"]?["by_component"] == ["pilot": 7])
    }

    @Test func `counts those a source does not name`() async throws {
        var group = Self.group("x", jobs: 9)
        group.tasks = .init((1...5).map { ("\($0)", 1) }, count: 12)
        let answer = try await summary([:], Known(groups: [group]))
        #expect(answer["items"]?.array?.first?["tasks"]?["left_out"] == 7)
    }

    @Test func `says when it could not read or show everything`() async throws {
        let groups = ["a", "b", "c"].map { Self.group($0) }
        let partial = try await summary([:], Known(groups: groups, isComplete: false))
        #expect(partial["summary"]?["is_complete"] == false)
        #expect(partial["hint"]?.string?.contains("lower bounds") == true)
        let first = try await summary(["limit": 1], Known(groups: groups))
        #expect(first["has_more"] == true)
        #expect(first["total_count"] == 3)
        #expect(first["hint"] == "For the rarer patterns give a larger limit, or an error_source.")
        let cut = try await summary([:], Known(groups: groups), budget: 800)
        #expect(cut["truncated"] == true)
        let none = try await summary([:], Known())
        #expect(none["hint"] == "Nothing in the default window; try days: 30, or give start_time.")
    }
}
