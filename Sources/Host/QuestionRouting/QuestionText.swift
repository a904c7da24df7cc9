import ToolSearch

/// A question, cut into what routes look at.
struct QuestionText {
    /// A number, and the words around it.
    struct Number {
        let value: Int
        /// The words before it up to the number before, the nearest first.
        let before: [String]
        /// The word after it.
        let after: String?
    }

    /// How many words before a number may say what it is, as in "job with the id 17".
    private static let wordsBefore = 4
    /// A shorter number before a word counts things, as in "the last 20 jobs".
    private static let shortestNameBeforeWord = 1000
    private static let largestExact = 1 << 53

    /// All words in small letters.
    let words: Set<String>
    /// The terms a search would look for.
    let terms: Set<String>
    let numbers: [Number]
    /// How many days back the question looks; nil when it does not say.
    let days: Int?

    init(_ text: String) {
        let tokens = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
        words = Set(tokens)
        terms = Set(Words.terms(text) + Words.wanted(text))
        numbers = tokens.indices.compactMap { Self.number(at: $0, in: tokens) }
        days = QuestionWindow.days(in: tokens)
    }

    private static func number(at index: Int, in tokens: [String]) -> Number? {
        guard let value = whole(tokens[index]) else { return nil }
        // "24 hours" is no error code.
        if index + 1 < tokens.count, QuestionWindow.isUnit(tokens[index + 1]) { return nil }
        let before = tokens[..<index].suffix(wordsBefore).reversed().prefix { whole($0) == nil }
        let after = index + 1 < tokens.count && value >= shortestNameBeforeWord ? tokens[index + 1] : nil
        return Number(value: value, before: Array(before), after: after)
    }

    private static func whole(_ token: String) -> Int? {
        guard token.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(token).flatMap { $0 < largestExact ? $0 : nil }
    }

    /// The word that says what a number is, of those that can.
    func word(for number: Number, among words: Set<String>) -> String? {
        number.before.first(where: words.contains) ?? number.after.flatMap { words.contains($0) ? $0 : nil }
    }
}
