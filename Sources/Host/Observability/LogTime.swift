import FoundationEssentials

/// The wall clock as a log shows it: ISO 8601 in UTC, to the millisecond.
package struct LogTime: CustomStringConvertible {
    private let millisecondsSince1970: Int64

    package init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    package static func now() -> LogTime {
        LogTime(millisecondsSince1970: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Such as `2026-11-29T06:14:07.250Z`, for the years from 1970 to 9999.
    package var description: String {
        let (days, millisecond) = millisecondsSince1970.quotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = Self.date(days: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.append(year, 4, "-", to: &text)
        Self.append(month, 2, "-", to: &text)
        Self.append(day, 2, "T", to: &text)
        Self.append(millisecond / 3_600_000, 2, ":", to: &text)
        Self.append(millisecond / 60_000 % 60, 2, ":", to: &text)
        Self.append(millisecond / 1000 % 60, 2, ".", to: &text)
        Self.append(millisecond % 1000, 3, "Z", to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The date of a day of the Gregorian calendar, counted from 1970.
    ///
    /// Years are counted from March, so that the day that may be missing is the last; 400 of them have 146 097 days.
    private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func append(_ value: Int64, _ digits: Int, _ separator: Unicode.Scalar, to text: inout [UInt8]) {
        var divisor = (1..<digits).reduce(Int64(1)) { product, _ in product * 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
        text.append(UInt8(ascii: separator))
    }
}
