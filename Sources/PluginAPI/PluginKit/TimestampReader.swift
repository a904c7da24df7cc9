/// Reads the parts of an ISO 8601 time from left to right; each part is nil when the text does not have it.
struct TimestampReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// `YYYY-MM-DD`, a day that exists.
    mutating func date() -> (year: Int, month: Int, day: Int)? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
            CivilDate((year, month, day)).exists
        else { return nil }
        return (year, month, day)
    }

    /// `Thh:mm[:ss[.f…]]` after `T` or a space, in microseconds since midnight.
    mutating func time() -> Int64? {
        guard take("T") || take("t") || take(" "), let hour = digits(2), hour < 24, take(":"), let minute = digits(2),
            minute < 60
        else { return nil }
        var total = Int64(hour * 3600 + minute * 60) * 1_000_000
        if take(":") {
            guard let second = digits(2), second <= 60 else { return nil }
            total += Int64(second) * 1_000_000
            if take(".") || take(",") {
                guard let fraction = fraction() else { return nil }
                total += fraction
            }
        }
        return total
    }

    /// `Z`, `±hh`, `±hhmm` or `±hh:mm` in microseconds east of UTC; zero when the text ends.
    mutating func zone() -> Int64? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign: Int64
        if take("+") {
            sign = 1
        } else if take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hour = digits(2), hour < 24 else { return nil }
        var minute = 0
        if !isAtEnd {
            _ = take(":")
            guard let digits = digits(2), digits < 60 else { return nil }
            minute = digits
        }
        return sign * Int64(hour * 3600 + minute * 60) * 1_000_000
    }

    private mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while let byte = rest.first, let digit = Self.digit(byte) {
            if count < 6 { value = value * 10 + Int64(digit) }
            count += 1
            rest.removeFirst()
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 {
            value *= 10
        }
        return value
    }

    private mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let byte = rest.first, let digit = Self.digit(byte) else { return nil }
            value = value * 10 + digit
            rest.removeFirst()
        }
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private static func digit(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
    }
}
