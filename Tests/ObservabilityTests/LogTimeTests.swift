import FoundationEssentials
import Observability
import Testing

@Suite("Times of the log")
struct LogTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_798_761_599_007, "2026-12-31T23:59:59.007Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func `a moment is written in UTC`(milliseconds: Int64, text: String) {
        #expect(LogTime(millisecondsSince1970: milliseconds).description == text)
    }

    @Test func `dates agree with Foundation's`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for step in 0..<4000 as Range<Int64> {
            // 37 days, an hour, a minute, a second and a quarter: every part of the text changes.
            let quarters = step * (37 * 86_400 * 4 + 3661 * 4 + 1)
            let date = Date(timeIntervalSince1970: Double(quarters) / 4)
            #expect(LogTime(millisecondsSince1970: quarters * 250).description == date.formatted(style))
        }
    }
}
