/// A day of the calendar as ISO 8601 writes it, in UTC.
package enum CalendarDay {
    /// The first second after a day such as `2027-06-30`, since 1970; nil for a text that is no day.
    package static func end(of text: String) -> Int64? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 10, parts.map(\.utf8.count) == [4, 2, 2],
            let year = UInt16(parts[0]), let month = UInt8(parts[1]), let day = UInt8(parts[2]),
            year >= 1970, (1...12).contains(month), (1...Self.days(of: month, in: year)).contains(day)
        else { return nil }
        return (daysBefore(Int64(year), Int64(month)) + Int64(day)) * 86_400
    }

    private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(of month: UInt8, in year: UInt16) -> UInt8 {
        switch month {
        case 2: isLeap(Int64(year)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// How many days lie between 1970 and a month.
    private static func daysBefore(_ year: Int64, _ month: Int64) -> Int64 {
        let earlier = year - 1
        let leapDays = earlier / 4 - earlier / 100 + earlier / 400 - 477
        let months = (1..<UInt8(month)).reduce(Int64(0)) { $0 + Int64(days(of: $1, in: UInt16(year))) }
        return (year - 1970) * 365 + leapDays + months
    }
}
