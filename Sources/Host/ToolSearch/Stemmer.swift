/// Takes the endings of plurals and verbs off English words, so that "failed jobs" finds "a job fails".
///
/// What is left need not be a word; it need only be the same for the forms of one.
enum Stemmer {
    /// The stem of a word in small letters.
    static func stem(_ word: some Collection<UInt8>) -> String {
        var word = Array(word)
        if let stem = irregular[String(decoding: word, as: UTF8.self)] { return stem }
        // Names with digits and words of other alphabets have no English endings.
        guard word.count > 3, word.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
            return String(decoding: word, as: UTF8.self)
        }
        takePlural(from: &word)
        takeVerbEnding(from: &word)
        takeNounEnding(from: &word)
        if word.count > 3, word.last == UInt8(ascii: "e") { word.removeLast() }
        return String(decoding: word, as: UTF8.self)
    }

    /// Forms that no rule finds.
    private static let irregular = [
        "failure": "fail", "failures": "fail", "analysis": "analys", "analyses": "analys", "analyze": "analys",
        "analyzed": "analys", "kept": "keep", "ran": "run", "sent": "send", "written": "writ", "wrote": "writ",
        "taken": "tak", "took": "tak", "broke": "break", "broken": "break", "began": "begin", "lost": "los",
        "held": "hold", "made": "mak", "shown": "show", "hung": "hang", "people": "person", "series": "series",
    ]

    private static func takePlural(from word: inout [UInt8]) {
        if word.ends(with: "ies"), word.count > 4 {
            word.removeLast(3)
            word.append(UInt8(ascii: "y"))
        } else if ["sses", "xes", "ches", "shes", "zes"].contains(where: word.ends) {
            word.removeLast(2)
        } else if word.ends(with: "s"), !["ss", "us", "is"].contains(where: word.ends) {
            word.removeLast()
        }
    }

    private static func takeVerbEnding(from word: inout [UInt8]) {
        for ending in ["ing", "ed"] where word.ends(with: ending) {
            let rest = word.dropLast(ending.utf8.count)
            guard rest.count >= 3, rest.contains(where: isVowel), rest.last != UInt8(ascii: "e") else { return }
            word = Array(rest)
            if let last = word.last, word.dropLast().last == last, !isVowel(last), !word.ends(with: "ll"),
                !word.ends(with: "ss")
            {
                word.removeLast()
            }
            return
        }
    }

    /// `allocation`, `allocate` and `allocated` become the same, and so do `execution` and `execute`.
    private static func takeNounEnding(from word: inout [UInt8]) {
        for (ending, rest) in [("ation", 4), ("ate", 4), ("at", 4), ("ly", 4)]
        where word.ends(with: ending) && word.count - ending.utf8.count >= rest {
            word.removeLast(ending.utf8.count)
            return
        }
        if word.ends(with: "tion") || word.ends(with: "sion"), word.count >= 6 { word.removeLast(3) }
    }

    private static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }
}

extension [UInt8] {
    fileprivate func ends(with ending: String) -> Bool { suffix(ending.utf8.count).elementsEqual(ending.utf8) }
}
