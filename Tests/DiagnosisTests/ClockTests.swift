import Diagnosis
import Testing

@Suite("Clocks")
struct ClockTests {
    private func state(_ date: String?, now: Int64) -> Finding.State? {
        ClockCheck.finding("issuer x", date: date, now: now, skew: 60)?.state
    }

    @Test(
        arguments: [
            (784_111_777, nil), (784_111_777 + 30, nil), (784_111_777 - 30, nil), (784_111_777 + 31, .warning),
            (784_111_777 - 60, .warning), (784_111_777 + 61, .broken), (784_111_777 - 61, .broken),
        ] as [(Int64, Finding.State?)]
    )
    func `a difference is noted beyond half a minute, and is wrong beyond what tokens may be off`(
        _ now: Int64,
        _ expected: Finding.State?
    ) {
        #expect(state("Sun, 06 Nov 1994 08:49:37 GMT", now: now) == expected)
    }

    @Test(
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600),
            ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200), ("Thu, 31 Dec 2026 23:59:59 GMT", 1_798_761_599),
        ] as [(String, Int64)]
    )
    func `moments are read`(_ date: String, _ seconds: Int64) {
        #expect(state(date, now: seconds + 30) == nil)
        #expect(state(date, now: seconds + 31) == .warning)
        #expect(state(date, now: seconds - 31) == .warning)
    }

    @Test(arguments: [
        nil, "", "now", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nop 1994 08:49:37 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
    ])
    func `what is no moment says nothing`(_ date: String?) {
        #expect(state(date, now: 0) == nil)
    }
}
