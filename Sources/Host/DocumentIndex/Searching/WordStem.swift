/// Brings forms of one English word together, well enough to compare short questions.
///
/// The index has its own, better one.
enum WordStem {
    private static let endings = ["ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "s"]
    private static let shortest = 3

    static func of(_ word: String) -> String {
        for ending in endings where word.hasSuffix(ending) {
            let stem = word.dropLast(ending.count)
            guard stem.utf8.count >= shortest else { continue }
            return plain(stem)
        }
        return word.utf8.count > shortest && word.last == "e" ? String(word.dropLast()) : word
    }

    /// Without an e at its end, and without the second of two equal letters, as in `submitting`.
    private static func plain(_ stem: Substring) -> String {
        if stem.last == "e" { return String(stem.dropLast()) }
        let isDoubled = stem.last == stem.dropLast().last && !["l", "s"].contains(stem.last)
        return String(isDoubled ? stem.dropLast() : stem)
    }
}
