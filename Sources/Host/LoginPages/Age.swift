/// How long ago something was, or is ahead, in words: people of all time zones read the same.
enum Age {
    private static let units: [(seconds: Int64, name: String)] = [
        (365 * 86_400, "year"), (30 * 86_400, "month"), (86_400, "day"), (3600, "hour"), (60, "minute"),
    ]

    /// The largest unit of which there is at least one, rounded down; "less than a minute" below that.
    static func text(_ seconds: Int64) -> String {
        guard let unit = units.first(where: { seconds >= $0.seconds }) else { return "less than a minute" }
        let count = seconds / unit.seconds
        return count == 1 ? "1 \(unit.name)" : "\(count) \(unit.name)s"
    }
}
