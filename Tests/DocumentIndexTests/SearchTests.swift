import DocumentIndex
import GatewayCore
import Testing

@Suite("Searching the document index")
struct SearchTests {
    private static let fruit = [
        "apple.md": "# Apple\nA fruit that grows on trees.\n## Storage\nKeep apples cool and dark.",
        "pear.md": "# Pear\nA fruit, softer than an apple.",
        "retry.rst":
            "Retrying\n========\n\nA task that failed can be retried with pbook.\n\nLimits\n------\n\nAt most three times.",
        "other.md": "# Other\nNothing of the kind.",
    ]

    private func index() throws -> TestIndex {
        let index = try TestIndex()
        try index.update(Self.fruit)
        return index
    }

    @Test func `the best comes first, with document, section and score`() async throws {
        let found = try #require(try await index().ask("how do I store an apple?"))
        #expect(found.first?.document == "apple.md" && found.first?.section == "Apple / Storage")
        #expect(found.first?.text == "Keep apples cool and dark.")
        #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
        #expect(found.allSatisfy { $0.score >= 0 })
    }

    @Test func `forms of a word are one word, and a heading counts more`() async throws {
        #expect(try await index().documents("retries of failing tasks").first == "retry.rst")
        let plain = DocumentDeclaration(name: "docs", titleWeight: 0)
        let score = { (declaration: DocumentDeclaration) in
            try await index().ask("pear", as: declaration)?.first?.score ?? 0
        }
        #expect(try await score(DocumentDeclaration(name: "docs")) > score(plain))
    }

    @Test func `words that mean the same find the same`() async throws {
        let index = try index()
        #expect(try await index.documents("resubmit a job") == [])
        let declaration = DocumentDeclaration(
            name: "docs",
            synonyms: [["resubmit", "retry", "try again"], ["a", "b"]]
        )
        #expect(try await Set(index.documents("resubmit a job", as: declaration)) == ["retry.rst"])
        #expect(try await Set(index.documents("try again", as: declaration)) == ["retry.rst"])
        #expect(try await Set(index.documents("RESUBMITTING", as: declaration)) == ["retry.rst"])
    }

    @Test func `nothing found is an answer`() async throws {
        #expect(try await index().ask("banana") == [])
        #expect(try await index().ask("?!") == [])
        #expect(try await index().ask("\u{0}") == [])
        #expect(try await TestIndex().ask("apple") == nil)
    }

    /// The index has a language of its own for questions; none of it may be spoken by who asks.
    @Test(arguments: [
        "\"", "\"\"", "apple\" OR \"pear", "apple AND", "NOT apple", "NEAR(apple pear, 2)", "title:apple",
        "{title text}:apple",
        "^apple", "app*", "apple OR", "(apple", "apple)", "- apple", "apple; DROP TABLE collections", "'apple'",
        "apple\u{0}pear",
        "\\apple", "words_1", "rank MATCH 'bm25()'", "%", "_", "ａｐｐｌｅ apple",
    ])
    func `a question is nothing but its words`(question: String) async throws {
        let index = try index()
        let found = try #require(try await index.ask(question))
        #expect(found.allSatisfy { ["apple.md", "pear.md"].contains($0.document) })
        #expect(try await index.documents("apple").count == 3)
    }

    @Test func `a very long question ends at its first words`() async throws {
        let question = (1...5000).map { "w\($0)" }.joined(separator: " ")
        #expect(try await index().ask("apple " + question)?.isEmpty == false)
        #expect(try await index().ask(question + " apple") == [])
        #expect(try await index().ask(String(repeating: "x", count: 100_000)) == [])
    }

    @Test func `one document does not take all places`() async throws {
        let index = try TestIndex()
        let many = (1...9).map { "## Part \($0)\napple apple apple" }.joined(separator: "\n")
        try index.update(["many.md": "# Many\n" + many, "one.md": "# One\nan apple among other words"])
        #expect(try await index.documents("apple") == ["many.md", "many.md", "one.md"])
    }

    @Test(arguments: [1, 3, 20]) func `no more than asked for`(limit: Int) async throws {
        let index = try TestIndex()
        try index.update(Dictionary(uniqueKeysWithValues: (0..<30).map { ("d\($0).md", "# D\napple \($0)") }))
        #expect(try await index.ask("apple", limit: limit)?.count == limit)
    }

    // MARK: Curated answers

    private static let curated = DocumentDeclaration(
        name: "docs",
        entries: [
            .init(
                questions: ["How do I submit a job to the grid?", "run something on the grid"],
                document: "other.md",
                section: nil,
                url: nil,
                text: nil
            ),
            .init(
                questions: ["who may help me"],
                document: "people",
                section: "Help",
                url: "https://help.example.org",
                text: "Ask the shifters."
            ),
            .init(
                questions: ["how often may a task be retried"],
                document: "retry.rst",
                section: "Limits",
                url: nil,
                text: nil
            ),
            .init(questions: ["where is the missing page"], document: "gone.md", section: nil, url: nil, text: nil),
        ]
    )

    @Test func `a chosen answer comes before all others`() async throws {
        let index = try index()
        let found = try #require(try await index.ask("How can I submit jobs to the grid", as: Self.curated))
        #expect(found.map(\.document) == ["other.md"])
        let limits = try #require(try await index.ask("how often can tasks be retried", as: Self.curated))
        #expect(limits.first?.section == "Retrying / Limits")
        #expect(limits.count > 1 && limits[0].score > limits[1].score)
        #expect(Set(limits.map(\.section)).count == limits.count)
    }

    @Test func `an answer in the authors' own words needs no document`() async throws {
        let found = try #require(try await index().ask("Who may help?", as: Self.curated))
        #expect(found.map(\.text) == ["Ask the shifters."])
        #expect(found.first?.url == "https://help.example.org")
        #expect(found.first?.section == "Help")
    }

    @Test func `an answer whose document is not there is none`() async throws {
        #expect(try await index().ask("where is the missing page", as: Self.curated) == [])
    }

    @Test func `another question is not taken for a chosen one`() async throws {
        let found = try #require(try await index().ask("grid of apple trees", as: Self.curated))
        #expect(found.first?.document == "apple.md")
    }
}
