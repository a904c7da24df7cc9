import DocumentIndex
import Foundation
import LocalFiles
import TestSupport
import Testing

@Suite("Filling the document index")
struct IndexingTests {
    /// What is new, changed, gone and as it was.
    private func counts(_ change: IndexChange) -> [Int] {
        [change.added, change.changed, change.removed, change.unchanged]
    }

    private let one = "# One\napple\n## Two\npear"

    @Test func `only what has changed is read again`() async throws {
        let index = try TestIndex()
        var change = try index.update(["a.md": one, "b.md": "# B\ncherry"])
        #expect(counts(change) == [2, 0, 0, 0])
        #expect(change.sections == 3 && change.passages == 3)
        change = try index.update(["a.md": one, "b.md": "# B\nplum", "c.rst": "C\n===\nfig"])
        #expect(counts(change) == [1, 1, 0, 1])
        #expect(try await index.documents("cherry") == [])
        #expect(try await index.documents("plum") == ["b.md"])
        change = try index.update(["b.md": "# B\nplum"])
        #expect(counts(change) == [0, 0, 2, 1])
        #expect(try await index.documents("apple pear fig") == [])
    }

    @Test func `other addresses or passages count as a change`() async throws {
        let index = try TestIndex()
        try index.update(["a.md": one])
        let change = try index.update(["a.md": one], addresses: DocumentAddresses(base: "https://docs.example.org"))
        #expect(change.changed == 1)
        #expect(try index.update(["a.md": one], passageBytes: 700).changed == 1)
    }

    @Test func `collections do not touch each other`() async throws {
        let index = try TestIndex()
        try index.update(["a.md": "# A\napple"], in: "one")
        try index.update(["a.md": "# A\npear"], in: "two")
        #expect(try await index.ask("apple", of: "two") == [])
        #expect(try await index.ask("apple", of: "one")?.count == 1)
        #expect(try await index.ask("apple", of: "three") == nil)
        try index.update([:], in: "one")
        #expect(try await index.ask("apple", of: "one") == [])
        #expect(try await index.library.collections() == ["one", "two"])
    }

    @Test func `sections have addresses`() async throws {
        let index = try TestIndex()
        let text = "# A\napple\n## Größe & Form\npear"
        try index.update(["guide/a b.md": text], addresses: DocumentAddresses(base: "https://docs.example.org/en/"))
        #expect(try await index.ask("apple")?.first?.url == "https://docs.example.org/en/guide/a%20b.html")
        let form = "https://docs.example.org/en/guide/a%20b.html#gr%C3%B6%C3%9Fe--form"
        #expect(try await index.ask("pear")?.first?.url == form)
        try index.update(["a.md": text], addresses: DocumentAddresses(base: "https://docs.example.org", suffix: ""))
        #expect(try await index.ask("apple")?.first?.url == "https://docs.example.org/a")
    }

    @Test(arguments: [
        ("https://docs.example.org/x/", true), ("http://h", true), ("ftp://h", false), ("docs.example.org", false),
        ("https://h/?q=1", false), ("https://h/#a", false), ("https://h/a b", false), ("https://h/\"x", false),
        ("javascript:alert(1)", false),
    ])
    func `a base address is plain`(base: String, isGood: Bool) {
        #expect(DocumentAddresses.isBase(base) == isGood)
    }

    @Test func `a long section becomes several passages, cut at paragraphs, lines or words`() async throws {
        let index = try TestIndex()
        let paragraphs = (1...6).map { "paragraph number\($0) " + String(repeating: "word ", count: 20) }
        let change = try index.update(["a.md": "# A\n" + paragraphs.joined(separator: "\n\n")], passageBytes: 250)
        #expect(change.sections == 1 && change.passages == 3)
        let text = try #require(try await index.ask("number3")?.first?.text)
        #expect(text.hasPrefix("paragraph number3") && text.utf8.count <= 250)
        try index.update(["a.md": "# A\n" + String(repeating: "ä", count: 1000)], passageBytes: 101)
        let all = try await index.ask("A", limit: 20) ?? []
        #expect(all.allSatisfy { $0.text.utf8.count <= 101 && !$0.text.contains("\u{FFFD}") })
    }

    @Test func `two that update at the same time come one after the other`() async throws {
        let index = try TestIndex()
        try await withThrowingTaskGroup(of: IndexChange.self) { group in
            for round in 0..<4 {
                group.addTask { try index.update(["a.md": "# A\nround\(round)", "b.md": one]) }
            }
            for try await change in group { #expect(change.added + change.changed + change.unchanged == 2) }
        }
        #expect(try await index.ask("pear")?.count == 1)
    }

    // MARK: Folders

    private func folder(_ files: [String: String]) throws -> String {
        let folder = try RunFolder.current.subfolder("texts")
        for (path, text) in files {
            let url = URL(filePath: folder).appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try text.write(to: url, atomically: false, encoding: .utf8)
        }
        return folder
    }

    private func read(_ path: String, files: Int = 100, bytes: Int = 1000) throws -> DocumentFolder {
        try DocumentFolder(reading: Folder(path: path), maximumFiles: files, maximumBytes: bytes)
    }

    @Test func `documents of a folder are read by path, nothing else`() throws {
        let path = try folder([
            "b/two.rst": "x", "a.md": "x", "c.MD": "x", "notes.txt": "x", ".git/config.md": "x", ".hidden.md": "x",
            "d/e/f/three.markdown": "x",
        ])
        let found = try read(path)
        #expect(found.files.map(\.path) == ["a.md", "b/two.rst", "c.MD", "d/e/f/three.markdown"])
        #expect(found.skipped == [])
    }

    @Test func `links are not followed`() throws {
        let outside = try folder(["secret.md": "secret"])
        let path = try folder(["a.md": "x"])
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/link.md",
            withDestinationPath: "\(outside)/secret.md"
        )
        try FileManager.default.createSymbolicLink(atPath: "\(path)/folder", withDestinationPath: outside)
        let found = try read(path)
        #expect(found.files.map(\.path) == ["a.md"])
        #expect(found.skipped == ["folder is a link or no file.", "link.md is a link or no file."])
    }

    @Test func `a file that is too long is left out, and said`() throws {
        let path = try folder([
            "a.md": String(repeating: "x", count: 1000), "b.md": String(repeating: "x", count: 1001),
        ])
        let found = try read(path)
        #expect(found.files.map(\.path) == ["a.md"])
        #expect(found.skipped.count == 1 && found.skipped[0].contains("1001"))
    }

    @Test func `a folder with too much in it is refused whole`() throws {
        let path = try folder(["a.md": "x", "b.md": "x", "c.txt": "x"])
        #expect(try read(path, files: 3).files.count == 2)
        #expect(throws: FileFailure.self) { try read(path, files: 2) }
        #expect(throws: FileFailure.self) { try Folder(path: path + "/none") }
    }

    @Test func `a file that is no index is refused with its path`() throws {
        let path = try RunFolder.current.subfolder("documents") + "/documents.sqlite"
        try String(repeating: "no database ", count: 100).write(toFile: path, atomically: false, encoding: .utf8)
        let failure = #expect(throws: DocumentFailure.self) { try DocumentWriter(path: path) }
        #expect(failure?.reason.contains(path) == true)
    }

    @Test func `the file is its owner's alone`() throws {
        let index = try TestIndex()
        try index.update(["a.md": one])
        #expect(FileOwnership.isPrivate(index.path))
    }
}
