import PluginKit
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(arguments: [
        ("2026-11-21T05:10:00Z", "2026-11-21T05:10:00Z"),
        ("2026-11-21 05:10:00", "2026-11-21T05:10:00Z"),
        ("2026-11-21T05:10", "2026-11-21T05:10:00Z"),
        ("2026-11-21", "2026-11-21T00:00:00Z"),
        ("2026-11-21T05:10:00.5Z", "2026-11-21T05:10:00.500000Z"),
        ("2026-11-21 05:10:00.123456789", "2026-11-21T05:10:00.123456Z"),
        ("2026-11-21T05:10:00+02:00", "2026-11-21T03:10:00Z"),
        ("2026-11-21T05:10:00-0530", "2026-11-21T10:40:00Z"),
        ("2026-01-01T00:30:00+01", "2025-12-31T23:30:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000Z"),
    ])
    func `a time in any usual form is the same moment in UTC`(text: String, expected: String) throws {
        #expect(try #require(Timestamp(text)).description == expected)
    }

    @Test(arguments: [
        "", "yesterday", "2026-13-01", "2026-02-29", "2026-11-21T24:00:00Z", "2026-11-21T05:60:00Z", "2026-11-21T05",
        "2026-11-21T05:10:00X", "2026-11-21T05:10:00+25:00", "2026-11-21T05:10:00.Z", "26-11-21", "2026-11-21Z05:10",
    ])
    func `what is no time is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `days and seconds add up over years`() throws {
        let moment = try #require(Timestamp("2026-03-01T00:00:00Z"))
        #expect(moment.subtracting(days: 1).description == "2026-02-28T00:00:00Z")
        #expect(moment.subtracting(days: 366).description == "2025-02-28T00:00:00Z")
        #expect(moment.adding(seconds: 90).seconds(since: moment) == 90)
    }

    @Test func `the form for SQL has no zone and no fraction`() throws {
        #expect(try #require(Timestamp("2026-11-21T05:10:00.9Z")).sqlText == "2026-11-21 05:10:00")
    }
}
