import SampleData
import Testing

@Suite struct SampleInstantTests {
    @Test(arguments: [
        (0, "1970-01-01 00:00:00"), (951_782_399, "2000-02-28 23:59:59"), (951_782_400, "2000-02-29 00:00:00"),
        (1_795_238_903, "2026-11-21 05:28:23"), (4_107_542_400, "2100-03-01 00:00:00"),
    ])
    func `a time is written and read back`(seconds: Int, text: String) throws {
        let instant = SampleInstant(seconds: seconds)
        #expect(instant.zonelessText == text)
        #expect(SampleInstant(parsing: text) == instant)
        #expect(SampleInstant(parsing: text + "Z") == instant)
    }

    @Test func `texts of all forms`() {
        let instant = SampleInstant(microseconds: 1_795_238_903_004_005)
        #expect(instant.zonedText == "2026-11-21 05:28:23.004005+00:00")
        #expect(instant.isoText == "2026-11-21T05:28:23")
        #expect(instant.isoTextWithFraction == "2026-11-21T05:28:23.004005")
        #expect(instant.pilotLogText == "2026-11-21 05:28:23,004")
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-31T00:00:00", "2026-11-21T24:00:00", "2026-11-21T05:28:23+01:00",
        "2026/11/21T05:28:23",
    ])
    func `what is no time in UTC is refused`(text: String) {
        #expect(SampleInstant(parsing: text) == nil)
    }
}
