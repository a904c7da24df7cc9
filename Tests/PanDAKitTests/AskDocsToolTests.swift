import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct AskDocsToolTests {
    private static let passage: JSONValue = [
        "document": "guide/retrying.md", "section": "Retrying / Retrying a task",
        "url": "https://handbook.example.org/guide/retrying.html#retrying-a-task", "text": "A task can be retried.",
        "score": 3.25,
    ]

    private func ask(
        _ arguments: JSONValue,
        on host: SourcesInMemory,
        budget: Int = 32 << 10
    ) async throws -> JSONValue {
        try await CallHarness(
            AskDocsTool(collection: "docs"),
            host: host,
            now: Timestamp(seconds: 1_795_237_200),
            budgetBytes: budget
        )
        .call(arguments)
    }

    @Test func `passages are handed on as they were found`() async throws {
        let host = SourcesInMemory(search: { _ throws(ToolError) in [Self.passage, Self.passage] })
        let answer = try await ask(["question": "how do I retry?"], on: host)
        #expect(answer["passages"]?.array == [Self.passage, Self.passage])
        #expect(answer["hint"] == nil)
        #expect(host.searches.map(\.collection) == ["docs"])
        #expect(host.searches.map(\.question) == ["how do I retry?"] && host.searches.map(\.limit) == [5])
        _ = try await ask(["question": "x", "limit": 10], on: host)
        #expect(host.searches.last?.limit == 10)
    }

    @Test func `nothing found is an answer with a hint`() async throws {
        let answer = try await ask(["question": "x"], on: SourcesInMemory(search: { _ throws(ToolError) in [] }))
        #expect(answer["passages"] == [])
        #expect(answer["hint"] == "The documents do not speak of it in these words; try others, or fewer.")
    }

    @Test func `what documents say is data, and cleaned`() async throws {
        let hostile: JSONValue = [
            "document": "a\u{202E}.md", "section": "",
            "text": "\u{1B}[1mrun with password=hunter2\u{1B}[0m ![x](https://e/?q)",
            "score": 1,
        ]
        let answer = try await ask(["question": "x"], on: SourcesInMemory(search: { _ throws(ToolError) in [hostile] }))
        let item = try #require(answer["passages"]?.array?.first)
        #expect(item["document"] == "a.md" && item["section"] == nil && item["url"] == nil)
        #expect(item["text"] == "run with password=[redacted] [x](https://e/?q)")
    }

    @Test func `passages end where the budget does`() async throws {
        var long = Self.passage.object ?? JSONObject()
        long["text"] = .string(String(repeating: "word ", count: 300))
        let passage = JSONValue.object(long)
        let host = SourcesInMemory(search: { _ throws(ToolError) in Array(repeating: passage, count: 10) })
        let answer = try await ask(["question": "x", "limit": 10], on: host, budget: 8 << 10)
        #expect(answer["passages"]?.array?.count == 4)
        #expect(answer.serialized.count <= 8 << 10)
    }

    @Test func `a site without documents says so`() async throws {
        let error = ToolError(
            .unavailable,
            "No documentation is indexed for this experiment.",
            hint: "Answer without it, and say so.",
            detail: "no such documents"
        )
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await ask(["question": "x"], on: SourcesInMemory())
        }
    }

    @Test(
        arguments: [
            ["question": ""], ["question": "?!"], [:], ["question": "x", "limit": 0], ["question": "x", "limit": 11],
        ]
            as [JSONValue]
    )
    func `questions must be in order`(arguments: JSONValue) async {
        await #expect(throws: CallHarness.Failure.self) { try await ask(arguments, on: SourcesInMemory()) }
    }
}
