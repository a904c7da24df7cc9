/// Cuts text into terms: words in small letters, by their stems, and the phrases that mean as much as a word.
package struct Words {
    /// Numbers from this length on are somebody's, not a word of a description.
    private static let identifierDigits = 5
    /// Parts of a word in mixed case that are shorter say nothing.
    private static let shortestPart = 3

    /// The terms of each word that was met: descriptions repeat the same few thousand.
    private var known: [[UInt8]: [String]] = [:]

    /// The terms of a text, in its order, and then its phrases.
    package static func terms(_ text: String) -> [String] {
        var words = Words()
        return words.terms(text)
    }

    /// The terms of one text of many.
    mutating func terms(_ text: String) -> [String] {
        var stems: [String] = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            if Self.isLetter(byte) || Self.isDigit(byte) || byte >= 0x80 {
                word.append(byte)
            } else if !word.isEmpty {
                stems += self.stems(word)
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { stems += self.stems(word) }
        return stems + Self.phrases(stems)
    }

    /// The terms of a question: a phrase stands in place of its words, and to ask how is to ask for instructions.
    package static func wanted(_ question: String) -> [String] {
        var terms = terms(question)
        for phrase in Set(terms.filter { $0.contains(" ") }) {
            let words = phrase.split(separator: " ").map(String.init)
            terms.removeAll(where: words.contains)
        }
        let words = question.lowercased()
        if ["how do i ", "how do we ", "how to ", "how can i ", "how can we "].contains(where: words.contains) {
            terms.append(Stemmer.stem("documentation".utf8))
        }
        var seen: Set<String> = []
        return terms.filter { seen.insert($0).inserted }
    }

    private mutating func stems(_ word: [UInt8]) -> [String] {
        if let stems = known[word] { return stems }
        let stems = Self.stems(of: word)
        known[word] = stems
        return stems
    }

    private static func stems(of word: [UInt8]) -> [String] {
        if word.allSatisfy(isDigit), word.count >= identifierDigits { return ["id"] }
        let small = word.map(smallLetter)
        let text = String(decoding: small, as: UTF8.self)
        // "DID" is a data identifier, "did" is nothing.
        let isAcronym = word.count >= shortestPart && word.allSatisfy(isCapital)
        guard isAcronym || !StopWords.contains(text) else { return [] }
        let parts = parts(word)
        let counted = parts.count > 1 ? parts.filter { $0.count >= shortestPart } : []
        return [Stemmer.stem(small)] + counted.map { Stemmer.stem($0.map(smallLetter)) }
    }

    /// The parts of a word such as `pandaTaskID`: one begins at each capital after a small letter, and at the last of
    /// several capitals when a small letter follows.
    private static func parts(_ word: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        for index in word.indices.dropFirst() where isCapital(word[index]) {
            let endsCapitals = index + 1 < word.count && isSmall(word[index + 1])
            guard !isCapital(word[index - 1]) || endsCapitals else { continue }
            parts.append(word[start..<index])
            start = index
        }
        return parts + [word[start...]]
    }

    private static func phrases(_ stems: [String]) -> [String] {
        zip(stems, stems.dropFirst()).compactMap { first, second in
            guard Synonyms.beginsPhrase(first) else { return nil }
            let phrase = first + " " + second
            return Synonyms.isPhrase(phrase) ? phrase : nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { isSmall(byte) || isCapital(byte) }

    private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func smallLetter(_ byte: UInt8) -> UInt8 { isCapital(byte) ? byte | 0x20 : byte }
}
