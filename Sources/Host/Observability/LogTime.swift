import FoundationEssentials

/// The wall clock as a log shows it: ISO 8601 in UTC, to the millisecond.
struct LogTime: CustomStringConvertible {
    private let date: Date

    static func now() -> LogTime {
        LogTime(date: Date())
    }

    var description: String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
