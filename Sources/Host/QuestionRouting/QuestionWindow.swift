/// How far back a question looks, from words such as "today", "last week" or "in the past 3 days".
enum QuestionWindow {
    /// The same in days, 1 to 3660; nil when the question does not say, or says it in another way.
    static func days(in tokens: [String]) -> Int? {
        for (index, token) in tokens.enumerated() {
            if let days = single[token] { return days }
            guard let unit = units[token], index > 0 else { continue }
            if let count = Int(tokens[index - 1]), (1...longest).contains(count) {
                return bounded(unit, times: count)
            }
            if recent.contains(tokens[index - 1]) { return bounded(unit, times: 1) }
        }
        return nil
    }

    static func isUnit(_ word: String) -> Bool { units[word] != nil }

    private static let longest = 3660
    private static let hoursPerDay = 24
    private static let single = ["today": 1, "tonight": 1, "yesterday": 2, "now": 1, "currently": 1]
    private static let recent: Set = ["last", "past", "this", "previous"]
    /// In hours.
    private static let units = [
        "hour": 1, "hours": 1, "day": 24, "days": 24, "week": 168, "weeks": 168, "month": 720, "months": 720,
        "year": 8760, "years": 8760,
    ]

    private static func bounded(_ hours: Int, times count: Int) -> Int {
        min(longest, max(1, (hours * count + hoursPerDay - 1) / hoursPerDay))
    }
}
