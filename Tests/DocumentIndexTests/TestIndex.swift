import DocumentIndex
import Foundation
import GatewayCore
import TestSupport

/// An index in a folder of its own, with the demo's documents or others.
struct TestIndex {
    let path: String
    let library: DocumentLibrary

    init() throws {
        path = try RunFolder.current.subfolder("documents") + "/documents.sqlite"
        library = DocumentLibrary(path: path)
    }

    @discardableResult
    func update(
        _ files: [String: String],
        in collection: String = "docs",
        addresses: DocumentAddresses = DocumentAddresses(base: nil),
        passageBytes: Int = 1400
    ) throws -> IndexChange {
        let files = files.sorted { $0.key < $1.key }.compactMap { path, text in
            DocumentFormat(path: path).map { IndexedFile(path: path, format: $0, bytes: Array(text.utf8)) }
        }
        return try DocumentWriter(path: path, passageBytes: passageBytes)
            .update(collection, with: files, addresses: addresses)
    }

    func ask(
        _ question: String,
        of collection: String = "docs",
        as declaration: DocumentDeclaration = DocumentDeclaration(name: "docs"),
        limit: Int = 5
    ) async throws -> [Passage]? {
        try await library.passages(of: collection, for: question, as: declaration, limit: limit)
    }

    func documents(
        _ question: String,
        as declaration: DocumentDeclaration = DocumentDeclaration(name: "docs")
    ) async throws
        -> [String]
    {
        try await ask(question, as: declaration)?.map(\.document) ?? []
    }
}
