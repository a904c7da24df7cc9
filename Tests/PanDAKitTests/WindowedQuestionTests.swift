import PanDAKit
import PluginKit
import Testing

@Suite struct WindowedQuestionTests {
    private static let now = Timestamp(seconds: 1_795_237_200)

    private func question(
        days: Int? = nil,
        start: String? = nil,
        end: String? = nil,
        cursor: String? = nil,
        beforeID: Int? = nil,
        now: Timestamp = now
    ) throws(ToolError) -> WindowedQuestion {
        try WindowedQuestion(
            days: days,
            start: start,
            end: end,
            cursor: cursor,
            beforeID: beforeID,
            defaultDays: 7,
            now: now
        )
    }

    @Test func `looks back the default days and says so`() throws {
        let window = try question().window
        #expect(window == Window(start: Self.now.subtracting(days: 7), end: Self.now, defaulted: true))
    }

    @Test func `looks back so many days from the end given`() throws {
        let question = try question(days: 2, end: "2026-11-20T05:00:00")
        #expect(question.window.start == Timestamp("2026-11-18T05:00:00Z"))
        #expect(question.window.end == Timestamp("2026-11-20T05:00:00Z"))
        #expect(!question.window.defaulted)
    }

    @Test func `reads a zone and takes its absence for UTC`() throws {
        let zoned = try question(start: "2026-11-20T00:00:00-05:00")
        let bare = try question(start: "2026-11-20 05:00")
        #expect(zoned == bare)
    }

    @Test(
        arguments: [
            ("yesterday", nil, "start_time"), ("2026-02-30", nil, "start_time"),
            (nil, "2026-11-20T25:00:00Z", "end_time"),
        ] as [(String?, String?, String)]
    )
    func `refuses what is no time`(start: String?, end: String?, name: String) {
        let error = ToolError(
            .invalidArgument,
            "\(name): must be an ISO 8601 time such as 2026-11-21T05:00:00Z; without a zone it means UTC."
        )
        #expect(throws: error) { try question(start: start, end: end) }
    }

    @Test func `refuses days and start together, and a window that is empty`() {
        #expect(throws: ToolError(.invalidArgument, "days and start_time: give one of them, not both.")) {
            try question(days: 1, start: "2026-11-20")
        }
        #expect(throws: ToolError(.invalidArgument, "start_time: must be before end_time (2026-11-20T00:00:00Z).")) {
            try question(start: "2026-11-20", end: "2026-11-20")
        }
    }

    @Test func `keeps the window in the cursor however late it comes back`() throws {
        let first = try question(days: 3)
        let next = try question(cursor: first.cursor(after: 1234), now: Self.now.adding(seconds: 3600))
        #expect(next.window.start == first.window.start)
        #expect(next.window.end == first.window.end)
        #expect(next.beforeID == 1234)
        #expect(next.beforeTime == nil)
    }

    @Test func `keeps the time of the last record to the microsecond`() throws {
        let time = Timestamp(microseconds: 1_795_237_199_123_456)
        let next = try question(cursor: question().cursor(after: 5, at: time))
        #expect(next.beforeID == 5)
        #expect(next.beforeTime == time)
    }

    @Test func `takes an id without a cursor`() throws {
        #expect(try question(beforeID: 77).beforeID == 77)
    }

    @Test(arguments: [
        "", "c1", "c1.5.1", "c1.x.1.2", "c2.5.1.2", "c1.5.2.1", "c1.5.1.1", "c1.5.1.2.", "c1.5.1.2.3.4", "c1.5.1.2.y",
        "c1.5.1.253402300800000000", "c1.5.-62135596800000001.2", "c1.99999999999999999999.1.2",
    ])
    func `refuses a cursor that is none of ours`(cursor: String) {
        #expect(
            throws: ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.")
        ) { try question(cursor: cursor) }
    }

    @Test(arguments: ["c1.5.1.2", "c1.5.1.253402300799999999", "c1.5.-62135596800000000.2", "c1.5.1.2.1"])
    func `takes a cursor at the edge`(cursor: String) throws {
        #expect(try question(cursor: cursor).beforeID == 5)
    }
}
