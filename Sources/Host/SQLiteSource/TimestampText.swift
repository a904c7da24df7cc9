/// Brings the ways times are stored as text to one: ISO 8601 in UTC with `Z`.
enum TimestampText {
    /// `2026-11-21T05:10:00Z`, with the digits of the fraction as they were unless all are zero.
    ///
    /// Reads `YYYY-MM-DD` alone (midnight) or with `hh:mm[:ss[.f…]]` after a space or `T`, then `Z`, `±hh`, `±hhmm`,
    /// `±hh:mm` or nothing, which means UTC. Nil for all else, for days and times that do not exist, for leap seconds
    /// and where the offset leads out of the years 0 to 9999.
    static func normalized(_ text: String) -> String? {
        var reader = Scanner(rest: Substring(text).utf8)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), (1...12).contains(month), day >= 1, day <= length(of: month, in: year)
        else { return nil }
        var minutes = 0
        var seconds = (value: 0, fraction: "")
        if !reader.rest.isEmpty {
            guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.digits(2), hour < 24,
                reader.take(":"), let minute = reader.digits(2), minute < 60, let parts = reader.seconds(),
                let offset = reader.offset(), reader.rest.isEmpty
            else { return nil }
            minutes = hour * 60 + minute - offset
            seconds = parts
        }
        guard let date = moved(year, month, day, byDays: minutes < 0 ? -1 : minutes / 1440) else { return nil }
        minutes = (minutes + 1440) % 1440
        let time = "\(padded(minutes / 60)):\(padded(minutes % 60)):\(padded(seconds.value))"
        return "\(date)T\(time)\(seconds.fraction)Z"
    }

    /// The day before, the same or the day after: an offset is always less than a day.
    private static func moved(_ year: Int, _ month: Int, _ day: Int, byDays days: Int) -> String? {
        var (year, month, day) = (year, month, day + days)
        if day < 1 {
            (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
            day = length(of: month, in: year)
        } else if day > length(of: month, in: year) {
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
            day = 1
        }
        guard (0...9999).contains(year) else { return nil }
        return "\(padded(year, 4))-\(padded(month))-\(padded(day))"
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private struct Scanner {
        var rest: Substring.UTF8View

        mutating func digits(_ count: Int) -> Int? {
            var value = 0
            for _ in 0..<count {
                guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
                rest.removeFirst()
            }
            return value
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// `[:ss[.f…]]`; nil when they are malformed.
        mutating func seconds() -> (value: Int, fraction: String)? {
            guard take(":") else { return (0, "") }
            guard let value = digits(2), value < 60 else { return nil }
            guard take(".") || take(",") else { return (value, "") }
            let fraction = rest.prefix { (0x30...0x39).contains($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest[fraction.endIndex...]
            return (value, fraction.allSatisfy { $0 == 0x30 } ? "" : "." + String(Substring(fraction)))
        }

        /// Minutes east of UTC; zero when the text ends.
        mutating func offset() -> Int? {
            if rest.isEmpty || take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hour = digits(2), hour < 24 else { return nil }
            guard !rest.isEmpty else { return sign * hour * 60 }
            _ = take(":")
            guard let minute = digits(2), minute < 60 else { return nil }
            return sign * (hour * 60 + minute)
        }
    }
}
