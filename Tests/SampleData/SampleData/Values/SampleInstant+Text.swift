extension SampleInstant {
    /// `2026-11-21 05:28:23`: a time without zone in a database; it is UTC.
    package var zonelessText: String { text(separator: UInt8(ascii: " "), fraction: 0) }

    /// `2026-11-21 05:28:23.000000+00:00`: a time with zone in a database.
    ///
    /// All have this width, so text sorts by time.
    package var zonedText: String { text(separator: UInt8(ascii: " "), fraction: 6) + "+00:00" }

    /// `2026-11-21T05:28:23`: what most JSON answers hold; UTC without saying so.
    package var isoText: String { text(separator: UInt8(ascii: "T"), fraction: 0) }

    /// `2026-11-21T05:28:23.000000`: what agents and list answers hold.
    package var isoTextWithFraction: String { text(separator: UInt8(ascii: "T"), fraction: 6) }

    /// `2026-11-21 05:28:23,000`: what the pilot's log holds.
    package var pilotLogText: String {
        let thousandths = (microseconds % 1_000_000) / 1000
        return zonelessText + "," + String(String(1000 + thousandths).dropFirst())
    }

    /// Reads `2026-11-21T05:28:23` with an optional `Z`; a blank may stand for the `T`.
    ///
    /// Nil for anything else.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 19 || (bytes.count == 20 && bytes[19] == UInt8(ascii: "Z")) else { return nil }
        let marks: [(Int, [UInt8])] = [
            (4, [UInt8(ascii: "-")]), (7, [UInt8(ascii: "-")]), (10, [UInt8(ascii: "T"), UInt8(ascii: " ")]),
            (13, [UInt8(ascii: ":")]), (16, [UInt8(ascii: ":")]),
        ]
        guard marks.allSatisfy({ $0.1.contains(bytes[$0.0]) }) else { return nil }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.init(seconds: Self.days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second)
        // A day the month does not have comes back as a day of the next month.
        guard civilDate == (year, month, day) else { return nil }
    }

    private func text(separator: UInt8, fraction digits: Int) -> String {
        let seconds = microseconds / 1_000_000
        let (year, month, day) = civilDate
        let second = seconds % 86400
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        Self.append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(day, width: 2, to: &bytes)
        bytes.append(separator)
        Self.append(second / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(second / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(second % 60, width: 2, to: &bytes)
        if digits > 0 {
            bytes.append(UInt8(ascii: "."))
            Self.append(microseconds % 1_000_000, width: digits, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ number: Int, width: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Year, month and day in the Gregorian calendar; the year is counted from March so that the leap day comes last.
    private var civilDate: (Int, Int, Int) {
        let shifted = microseconds / 86_400_000_000 + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Days from 1970-01-01 to a date; the inverse of ``civilDate``.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return shifted / 400 * 146_097 + dayOfEra - 719_468
    }
}
