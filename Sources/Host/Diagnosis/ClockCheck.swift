/// Compares this machine's clock with the one that another server's answer shows.
package enum ClockCheck {
    /// By how much clocks may differ before somebody should know, in seconds.
    package static let noted: Int64 = 30

    /// What the `Date` of an answer (RFC 9110 section 6.6.1) tells; nil when all is well, or it cannot be read.
    ///
    /// `now` is in seconds since 1970, `skew` how many seconds tokens may be off.
    package static func finding(_ subject: String, date: String?, now: Int64, skew: Int64) -> Finding? {
        guard let date, let theirs = seconds(date) else { return nil }
        let off = abs(theirs - now)
        guard off > noted else { return nil }
        let text = "its clock and this machine's differ by \(off) s"
        let remedy = "Check the time synchronisation of this machine (chronyc tracking, timedatectl)."
        return Finding(subject, off > skew ? .broken : .warning, text, remedy: remedy)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The moment of an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", let day = Int64(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            (1...31).contains(day), (1970...9999).contains(year)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) ?? -1 }
        guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        return days(year, Int64(month) + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// Days since 1970 of a date of the Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let monthOfYear = (month + 9) % 12
        let dayOfYear = (153 * monthOfYear + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
