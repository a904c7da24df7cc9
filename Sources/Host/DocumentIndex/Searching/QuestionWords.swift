/// The words of a question that say what it is about.
struct QuestionWords: Hashable, Sendable {
    /// Each word with those that mean the same, in the order of the question.
    let groups: [[String]]

    private static let mostWords = 32
    private static let longestWord = 64
    /// Words that stand in every text; without them a question finds what it asks for.
    private static let stopWords: Set = [
        "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "but", "by",
        "can",
        "could", "did", "do", "does", "for", "from", "get", "had", "has", "have", "how", "i", "if", "in", "into", "is",
        "it", "its",
        "just", "know", "like", "many", "may", "me", "mean", "means", "much", "must", "my", "need", "no", "not", "of",
        "on", "one",
        "or", "our", "please", "shall", "should", "so", "some", "such", "tell", "than", "that", "the", "their", "them",
        "then",
        "there", "these", "they", "this", "those", "to", "us", "use", "used", "using", "want", "was", "way", "we",
        "were", "what",
        "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    ]

    /// Reads a question; `synonyms` are groups of words and phrases that mean the same.
    init(_ question: String, synonyms: [[String]] = []) {
        let words = Self.words(of: question)
        let telling = words.filter { !Self.stopWords.contains($0) }
        var seen: Set<String> = []
        let kept = (telling.isEmpty ? words : telling).filter { seen.insert($0).inserted }.prefix(Self.mostWords)
        let alike = synonyms.map { $0.map { Self.words(of: $0) }.filter { !$0.isEmpty } }
        let stems = kept.map(WordStem.of)
        groups = kept.enumerated().map { index, word in
            let group = alike.first { group in
                group.contains { Self.stands($0.map(WordStem.of), in: stems, at: index) }
            }
            let others = (group ?? []).map { $0.joined(separator: " ") }.filter { $0 != word }
            return [word] + others
        }
    }

    /// Whether there is nothing to look for.
    var isEmpty: Bool { groups.isEmpty }

    /// What the index is asked: any of the words (SQLite, "FTS5 query syntax").
    ///
    /// Every word is a string of letters and digits in quotation marks, so that none can be an operator.
    var expression: String {
        groups.flatMap(\.self).map { "\"\($0)\"" }.joined(separator: " OR ")
    }

    /// The stems of the words alone.
    var stems: Set<String> { Set(groups.compactMap(\.first).map(WordStem.of)) }

    private static func stands(_ phrase: [String], in stems: [String], at index: Int) -> Bool {
        index + phrase.count <= stems.count && stems[index..<(index + phrase.count)].elementsEqual(phrase)
    }

    /// Runs of letters and digits in small letters, as the index cuts them.
    static func words(of text: String) -> [String] {
        text.unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String(String.UnicodeScalarView($0)).lowercased() }
            .filter { $0.utf8.count <= longestWord }
    }
}
