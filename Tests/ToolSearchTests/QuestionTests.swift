import JSON
import Testing
import ToolSearch

/// Questions of physicists, and whether the tool each needs is among the first that are found.
@Suite("Questions of physicists")
struct QuestionTests {
    /// What a client shows a model unless it asks for more.
    private static let shown = 8

    @Test func `nearly every question finds its tool among the first eight`() throws {
        let catalog = try QuestionCatalog()
        #expect(catalog.names.count > 300)
        #expect(catalog.questions.count >= 100)
        let index = SearchIndex(catalog.tools)
        var missed: [String] = []
        for question in catalog.questions {
            let found = index.search(question.text, limit: Self.shown).matches.map { catalog.names[$0.position] }
            if Set(found).isDisjoint(with: question.tools) { missed.append("\(question.text) → \(found)") }
        }
        let share = 1 - Double(missed.count) / Double(catalog.questions.count)
        print("tools found for \(catalog.questions.count) questions: \((share * 1000).rounded() / 10) %")
        #expect(share >= 0.96, "\(missed.joined(separator: "\n"))")
    }

    @Test func `every question names tools there are`() throws {
        let catalog = try QuestionCatalog()
        for question in catalog.questions {
            #expect(!question.tools.isEmpty && question.tools.isSubset(of: catalog.names), "\(question.text)")
        }
    }
}
