import DocumentIndex
import Foundation
import GatewayCore
import JSON
import LocalFiles
import Testing

/// Questions about the demo's handbook, half of them in other words than its own.
@Suite("Questions to the demo's documents")
struct QuestionTests {
    private struct Question {
        let text: String
        let gold: Set<String>
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "SampleData/Documents")

    private static let plugins = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Plugins")

    private let index: TestIndex
    private let questions: [Question]
    private let unanswered: [String]
    private let declaration: DocumentDeclaration

    init() throws {
        index = try TestIndex()
        let found = try DocumentFolder(
            reading: Folder(path: Self.folder.appending(path: "handbook").path),
            maximumFiles: 100,
            maximumBytes: 1 << 20
        )
        #expect(found.files.count == 17 && found.skipped == [])
        _ = try DocumentWriter(path: index.path)
            .update("docs", with: found.files, addresses: DocumentAddresses(base: "https://handbook.example.org"))
        let file = try JSONValue(parsing: Array(Data(contentsOf: Self.folder.appending(path: "questions.json"))))
        questions = (file["questions"]?.array ?? []).map { question in
            Question(
                text: question["q"]?.string ?? "",
                gold: Set((question["gold"]?.array ?? []).compactMap(\.string))
            )
        }
        unanswered = (file["unanswered"]?.array ?? []).compactMap(\.string)
        // As the shipped plugin says them.
        let manifest = try JSONValue(
            parsing: Array(Data(contentsOf: Self.plugins.appending(path: "ATLAS/manifest.json")))
        )
        let documents = manifest["documents"]?.array?.first
        declaration = DocumentDeclaration(
            name: "docs",
            synonyms: (documents?["synonyms"]?.array ?? []).map { ($0.array ?? []).compactMap(\.string) }
        )
    }

    /// The share of the questions with a right document among the first so many passages.
    private func hitRate(_ first: Int) async throws -> Double {
        var hits = 0
        for question in questions {
            let found = try await index.ask(question.text, as: declaration, limit: first) ?? []
            if found.contains(where: { question.gold.contains($0.document) }) { hits += 1 }
        }
        return Double(hits) / Double(questions.count)
    }

    @Test func `a right document is among the first`() async throws {
        #expect(questions.count >= 40)
        #expect(try await hitRate(5) >= 0.95)
        #expect(try await hitRate(1) >= 0.75)
    }

    @Test func `every right document is there`() async throws {
        let all = Set(questions.flatMap(\.gold))
        for document in all {
            #expect(FileManager.default.fileExists(atPath: Self.folder.appending(path: "handbook/\(document)").path))
        }
    }

    @Test func `what the documents do not speak of is not found`() async throws {
        #expect(!unanswered.isEmpty)
        for question in unanswered { #expect(try await index.ask(question, as: declaration) == [], "\(question)") }
    }

    @Test func `passages lead to their sections`() async throws {
        let found = try await index.ask("which file says what in the logs", as: declaration)
        #expect(found?.first?.url == "https://handbook.example.org/guide/logs.html#which-file-says-what")
        #expect(found?.first?.section == "Reading logs / Which file says what")
    }
}
