/// A moment in UTC, to the microsecond; written as ISO 8601 with `Z`.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// Creates a moment from microseconds since 1970.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Creates a moment from seconds since 1970.
    public init(seconds: Int) {
        microseconds = Int64(seconds) * 1_000_000
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int { Int(microseconds.dividedRoundingDown(by: 1_000_000)) }

    /// This moment moved by so many seconds.
    public func adding(seconds: Int) -> Timestamp {
        Timestamp(microseconds: microseconds + Int64(seconds) * 1_000_000)
    }

    /// This moment moved back by so many days of 24 hours.
    public func subtracting(days: Int) -> Timestamp {
        adding(seconds: -days * 86_400)
    }

    /// Seconds from an earlier moment to this one; negative when it is later.
    public func seconds(since earlier: Timestamp) -> Int {
        Int((microseconds - earlier.microseconds).dividedRoundingDown(by: 1_000_000))
    }

    /// Whether one moment comes before another.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Int64 {
    fileprivate func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension Timestamp {
    /// Reads ISO 8601: a date alone or with a time after `T` or a space, a fraction, and `Z` or an offset.
    ///
    /// Without a zone the time is UTC, as both PanDA's tables and the testbed's tools mean it. Nil for anything else.
    public init?(_ text: String) {
        var reader = TimestampReader(text)
        guard let date = reader.date() else { return nil }
        var total = CivilDate(date).days * 86_400_000_000
        if !reader.isAtEnd {
            guard let time = reader.time(), let offset = reader.zone(), reader.isAtEnd else { return nil }
            total += time - offset
        }
        microseconds = total
    }

    /// The date and time parts, for forms other than ISO 8601.
    var civil: (date: CivilDate, hour: Int, minute: Int, second: Int, microsecond: Int) {
        let day = microseconds.dividedRoundingDown(by: 86_400_000_000)
        let rest = Int(microseconds - day * 86_400_000_000)
        return (
            CivilDate(days: day), rest / 3_600_000_000, rest / 60_000_000 % 60, rest / 1_000_000 % 60,
            rest % 1_000_000
        )
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2026-11-21T05:10:00Z`, with six digits of a fraction when there is one.
    public var description: String {
        let (date, hour, minute, second, fraction) = civil
        let time = "\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
        return "\(date)T\(time)" + (fraction == 0 ? "" : "." + fraction.padded(6)) + "Z"
    }

    /// The form `2026-11-21 05:10:00`, in which SQL compares times in columns without a zone.
    ///
    /// The fraction is dropped.
    public var sqlText: String {
        let (date, hour, minute, second, _) = civil
        return "\(date) \(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
    }
}

extension Timestamp: Codable {
    /// Reads the ISO 8601 form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "must be a time such as 2026-11-21T05:10:00Z"
            )
        }
        self = value
    }

    /// Writes the ISO 8601 form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int {
    /// The decimal digits with leading zeros.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
