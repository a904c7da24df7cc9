import FoundationEssentials

/// The wall clock as a log shows it: ISO 8601 in UTC, to the millisecond.
struct LogTime: CustomStringConvertible {
    let description: String

    static func now() -> LogTime {
        LogTime(description: Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }
}
