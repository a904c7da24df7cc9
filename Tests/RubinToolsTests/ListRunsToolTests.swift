import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("list_runs")
struct ListRunsToolTests {
    private static let path = "/monitor/null/null/true/false/false"

    private static func run(
        _ id: Int,
        status: JSONValue = "Finished",
        user: JSONValue = "Erin Burke",
        hours: Int = 1,
        total: JSONValue = 10,
        processed: JSONValue = 5
    ) -> JSONValue {
        [
            "request_id": .integer(id), "name": .string("run\(id)"), "username": user, "status": status,
            "created_at": .string(RunFixture.now.adding(seconds: -hours * 3600).description),
            "output_total_files": total, "output_processed_files": processed, "transforms": ["Finished": 1],
        ]
    }

    private static let runs = [
        run(1, status: "Failed", user: "Farid Nasser", hours: 300), run(5, status: "SubFinished", hours: 20),
        run(4, status: 17, hours: 30), run(3, status: "Transforming", user: "Farid Nasser", hours: 40),
        run(2, status: "Failed", hours: 50),
    ]

    private func list(_ arguments: JSONValue = [:], _ runs: [JSONValue] = runs) async throws -> JSONValue {
        let host = RunFixture.sources([Self.path: .json(.array(runs))])
        return try await RunFixture.listHarness(host).call(arguments)
    }

    private func ids(_ list: JSONValue) -> [Int] {
        (list["items"]?.array ?? []).compactMap { $0["request_id"]?.integer }
    }

    private func error(_ arguments: JSONValue = [:], _ answer: SourcesInMemory.Answer = .json([])) async -> ToolError? {
        let host = RunFixture.sources([Self.path: answer])
        return await toolError { try await RunFixture.listHarness(host).call(arguments) }
    }

    @Test func `the last seven days are told unless another window is asked for`() async throws {
        let week = try await list()
        #expect(ids(week) == [5, 4, 3, 2])
        #expect(week["window"]?["defaulted"] == true)
        #expect(week["window"]?["start"] == .string(RunFixture.now.subtracting(days: 7).description))
        #expect(week["summary"] == ["SUCCEEDED": 1, "FAILED": 2, "RUNNING": 1])
        #expect(week["filters_applied"] == ["limit": 50])
        #expect(week["has_more"] == false)
        #expect(try await ids(list(["days": 30])) == [5, 4, 3, 2, 1])
        #expect(try await ids(list(["days": 1])) == [5])
    }

    @Test func `the window begins with its start and ends before its end`() async throws {
        let hour = { (hours: Int) in JSONValue.string(RunFixture.now.adding(seconds: -hours * 3600).description) }
        #expect(try await ids(list(["start_time": hour(40), "end_time": hour(20)])) == [4, 3])
    }

    @Test(arguments: [
        ("FAILED", "FAILED", [4, 2]), ("Failed", "Failed", [2]), ("failed", "FAILED", [4, 2]),
        ("SUCCEEDED", "SUCCEEDED", [5]), ("subfinished", "SubFinished", [5]), ("Expired", "Expired", [4]),
        ("running", "RUNNING", [3]), ("HELD", "HELD", []),
    ])
    func `runs are chosen by a state of BPS or a status of iDDS`(
        word: String,
        shown: String,
        expected: [Int]
    )
        async throws
    {
        let list = try await list(["state": .string(word)])
        #expect(ids(list) == expected)
        #expect(list["total_count"] == .integer(expected.count))
        #expect(list["filters_applied"]?["state"] == .string(shown))
    }

    @Test(arguments: ["UNREADY", "done", ""])
    func `an unknown state is refused with those that are known`(word: String) async {
        let error = await error(["state": .string(word)])
        #expect(error?.code == .invalidArgument)
        #expect(
            error?.message.hasPrefix(
                "state: is none of BPS' SUCCEEDED, FAILED, RUNNING, HELD, DELETED nor of iDDS' New, Ready, Transforming,"
            ) == true
        )
    }

    @Test(arguments: [
        ("Erin Burke", [5, 4, 2]), ("erin burke", [5, 4, 2]), ("Erin", []), ("Erin%", [5, 4, 2]), ("%nasser", [3]),
        ("%r%n%b%", [5, 4, 2]), ("%", [5, 4, 3, 2]), ("%%", [5, 4, 3, 2]), ("erin burke%burke", []),
        ("%zz%", []), ("far%id%nasser", [3]), ("farid nasse%asser", []),
    ])
    func `runs are chosen by user`(pattern: String, expected: [Int]) async throws {
        #expect(try await ids(list(["user": .string(pattern)])) == expected)
    }

    @Test func `runs whose user or time is not told are not lost in silence`() async throws {
        var undated = Self.run(8)
        if case .object(var members) = undated {
            members["created_at"] = nil
            undated = .object(members)
        }
        let list = try await list(["user": "erin%"], [Self.run(9, user: nil), undated, Self.run(7)])
        #expect(ids(list) == [7])
        #expect(
            list["hint"]
                == "1 runs without a time of submission are left out. 1 runs are left out because iDDS does not tell who submitted them; try without user."
        )
    }

    @Test func `pages follow each other without gaps and with one window`() async throws {
        let first = try await list(["limit": 2])
        #expect(ids(first) == [5, 4])
        #expect(first["total_count"] == 4)
        #expect(first["has_more"] == true)
        let cursor = try #require(first["next_cursor"])
        let second = try await list(["limit": 2, "cursor": cursor])
        #expect(ids(second) == [3, 2])
        #expect(second["total_count"] == 4)
        #expect(second["has_more"] == false)
        #expect(second["next_cursor"] == nil)
        #expect(second["window"]?["start"] == first["window"]?["start"])
    }

    @Test(arguments: [(3, true), (4, false), (5, false)])
    func `there is more exactly when the limit cut something off`(limit: Int, hasMore: Bool) async throws {
        #expect(try await list(["limit": .integer(limit)])["has_more"] == .bool(hasMore))
    }

    @Test(
        arguments: [
            ["cursor": "c1.x"], ["cursor": "nonsense"], ["start_time": "tomorrow"],
            ["days": 3, "start_time": "2026-11-20T00:00:00Z"],
            ["start_time": "2026-11-20T00:00:00Z", "end_time": "2026-11-20T00:00:00Z"],
        ] as [JSONValue]
    )
    func `a cursor or window that is none is refused`(arguments: JSONValue) async {
        #expect(await error(arguments)?.code == .invalidArgument)
    }

    @Test func `nothing in a window nobody asked for comes with a hint`() async throws {
        #expect(try await list([:], [])["hint"] == "Nothing in the default window; try days: 30, or give start_time.")
        #expect(try await list(["days": 2], [])["hint"] == nil)
    }

    @Test(arguments: [(199, 1, 0), (3, 2, 66), (10, 10, 100), (5, 9, 100)])
    func `progress is rounded down and never beyond all`(total: Int, done: Int, percent: Int) async throws {
        let run = Self.run(9, total: .integer(total), processed: .integer(done))
        #expect(try await list([:], [run])["items"]?.array?.first?["percent_done"] == .integer(percent))
    }

    @Test func `without jobs there is no progress`() async throws {
        let item = try await list([:], [Self.run(9, total: nil, processed: nil)])["items"]?.array?.first
        #expect(item?["total_jobs"] == 0)
        #expect(item?["percent_done"] == nil)
    }

    @Test func `records that are none are passed over, and none counts twice`() async throws {
        #expect(try await ids(list([:], [17, [:], ["request_id": -1], Self.run(9), Self.run(9)])) == [9])
    }

    @Test func `hidden characters and credentials do not get through`() async throws {
        var hostile = Self.run(9, status: 77, user: "E\u{202E}ve\n2")
        if case .object(var members) = hostile {
            members["name"] = "run\u{0007} Authorization: Bearer abcdefghijklmnop"
            members["transforms"] = ["Fin\u{200B}ished": 2, "Finished": 1, "3": -4]
            hostile = .object(members)
        }
        let item = try #require(try await list([:], [hostile])["items"]?.array?.first)
        #expect(item["user"] == "Eve 2")
        #expect(item["name"] == "run [redacted]")
        #expect(item["idds_status"] == "Unknown(77)")
        #expect(item["transforms"] == ["Finished": 3])
    }

    @Test(
        arguments: [
            (.json(["error": "down"]), "no list of requests"), (.text("<html>"), "a page instead of JSON"),
            (.text("[{"), "a body that is not JSON"), (.json([], status: 502), "status 502"),
        ] as [(SourcesInMemory.Answer, String)]
    )
    func `an answer that is none is unavailable`(answer: SourcesInMemory.Answer, detail: String) async {
        let error = await error([:], answer)
        #expect(error?.code == .unavailable)
        #expect(error?.detail == detail)
    }

    @Test func `a list larger than the budget goes on at its cursor`() async throws {
        let runs = (1...100).map { Self.run($0) }
        let host = RunFixture.sources([Self.path: .json(.array(runs))])
        let list = try await RunFixture.listHarness(host, budgetBytes: 4096).call(["limit": 100])
        #expect(list["truncated"] == true)
        #expect(list["total_count"] == 100)
        let last = try #require(ids(list).last)
        let next = try await RunFixture.listHarness(host).call(["cursor": try #require(list["next_cursor"])])
        #expect(ids(next).first == last - 1)
    }
}
