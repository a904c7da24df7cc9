import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("Documents")
struct DocumentsTests {
    private func context(_ host: SourcesInMemory) -> CallContext {
        CallContext(now: Timestamp(seconds: 0), host: host)
    }

    @Test func `a search gives what the host found`() async throws {
        let host = SourcesInMemory(search: { _ throws(ToolError) in
            [["document": "a.md", "section": "A / B", "url": "https://x", "text": "t", "score": 2.5], ["score": 1]]
        })
        let found = try await context(host).documents("docs").search("what?", limit: 3)
        #expect(found.map(\.document) == ["a.md", ""])
        #expect(found.first?.section == "A / B" && found.first?.text == "t")
        #expect(found.first?.url == "https://x" && found.last?.url == nil)
        #expect(found.map(\.score) == [2.5, 1])
        #expect(host.searches == [.init(collection: "docs", question: "what?", limit: 3)])
    }

    @Test func `a site without documents is an error of its own`() async throws {
        let error = await #expect(throws: ToolError.self) {
            try await context(SourcesInMemory()).documents("docs").search("what?")
        }
        #expect(error?.code == .notFound)
    }

    @Test func `a manifest says what is wanted`() {
        let manifest = Manifest(
            id: "org.example.tools",
            version: "1",
            namespace: "example",
            tools: [],
            documents: [
                DocumentCollection(
                    "docs",
                    titleWeight: 2.5,
                    synonyms: [["a", "b"]],
                    entries: [
                        .see(["how?"], document: "a.md", section: "S"),
                        .say(["who?"], "We.", document: "people", url: "https://x"),
                    ]
                )
            ],
            auth: AuthRules(roles: [], scopes: [], rules: [])
        )
        let document = manifest.document["documents"]?.array?.first
        #expect(document?["name"] == "docs")
        #expect(document?["title_weight"] == 2.5)
        #expect(document?["synonyms"] == [["a", "b"]])
        #expect(
            document?["entries"] == [
                ["questions": ["how?"], "document": "a.md", "section": "S"],
                ["questions": ["who?"], "document": "people", "url": "https://x", "text": "We."],
            ]
        )
        #expect(
            Manifest(id: "x", version: "1", namespace: "x", tools: [], auth: manifest.auth).document["documents"] == nil
        )
    }
}
