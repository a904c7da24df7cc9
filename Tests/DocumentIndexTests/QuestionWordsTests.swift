@testable import DocumentIndex
import Testing

@Suite("The words of a question")
struct QuestionWordsTests {
    @Test(arguments: [
        ("How do I submit a job?", ["submit", "job"]), ("What is it?", ["what", "is", "it"]), ("", []), ("?!", []),
        ("pilot-error 1235", ["pilot", "error", "1235"]), ("a a job JOB Job", ["job"]),
        ("Größe der Daten", ["größe", "der", "daten"]),
        ("NOT near OR", ["near"]), ("日本語", ["日本語"]),
    ])
    func `words that say nothing are left out`(question: String, words: [String]) {
        #expect(QuestionWords(question).groups.compactMap(\.first) == words)
    }

    @Test func `every word is in quotation marks`() {
        #expect(QuestionWords("retry \"task\" AND x*").expression == #""retry" OR "task" OR "x""#)
        let words = QuestionWords("retry", synonyms: [["retry", "try again"]])
        #expect(words.expression == #""retry" OR "try again""#)
    }

    @Test(arguments: [(32, 32), (33, 32)]) func `a question has at most 32 words`(given: Int, kept: Int) {
        #expect(QuestionWords((0..<given).map { "w\($0)" }.joined(separator: " ")).groups.count == kept)
    }

    @Test(arguments: [(64, 1), (65, 0)]) func `a word has at most 64 bytes`(length: Int, kept: Int) {
        #expect(QuestionWords(String(repeating: "x", count: length)).groups.count == kept)
    }

    @Test(arguments: [
        ("submitting", "submit"), ("submitted", "submit"), ("jobs", "job"), ("retries", "retri"), ("killed", "kill"),
        ("passes", "pass"), ("merge", "merg"), ("merging", "merg"), ("is", "is"), ("use", "use"),
        ("validation", "valid"),
        ("queues", "queu"), ("queue", "queu"),
    ])
    func `forms of a word have one stem`(word: String, stem: String) {
        #expect(WordStem.of(word) == stem)
    }
}
