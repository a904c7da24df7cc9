import Dispatch
package import GatewayCore
import GRDB
import LocalFiles
import Synchronization

/// The document index as plugins search it; another program may fill it meanwhile.
package final class DocumentLibrary: Sendable {
    /// How many passages one document may have among the answers, so that others come to word.
    private static let mostOfOneDocument = 2

    private let path: String
    private let pool = Mutex<DatabasePool?>(nil)

    /// The index at a path; it need not be there yet.
    package init(path: String) {
        self.path = path
    }

    /// The passages of a collection that fit a question best; empty when none does, nil without such a collection.
    package func passages(
        of collection: String,
        for question: String,
        as declaration: DocumentDeclaration,
        limit: Int
    ) async throws(DocumentFailure) -> [Passage]? {
        guard let pool = try await open() else { return nil }
        let words = QuestionWords(question, synonyms: declaration.synonyms)
        let curated = CuratedAnswers(declaration).answers(to: words)
        do {
            return try await pool.read { db in
                guard
                    let id = try Int64.fetchOne(
                        db,
                        sql: "SELECT id FROM collections WHERE name = ?",
                        arguments: [collection]
                    )
                else { return nil }
                let found = try Self.search(words, in: id, titleWeight: declaration.titleWeight, limit: limit, db)
                let best = found.first?.score ?? 0
                let chosen = try curated.prefix(limit).compactMap { answer in
                    try Self.passage(for: answer.entry, in: id, score: best + answer.likeness, db)
                }
                let others = found.filter { passage in
                    !chosen.contains { $0.document == passage.document && $0.section == passage.section }
                }
                return Array((chosen + others).prefix(limit))
            }
        } catch {
            throw DocumentFailure(
                "The document index cannot be read: \((error as? DatabaseError).map { "SQLite \($0.extendedResultCode)" } ?? "\(type(of: error))")"
            )
        }
    }

    /// The names of the collections there are.
    package func collections() async throws(DocumentFailure) -> [String] {
        guard let pool = try await open() else { return [] }
        do {
            return try await pool.read { try String.fetchAll($0, sql: "SELECT name FROM collections ORDER BY name") }
        } catch {
            throw DocumentFailure("The document index cannot be read.")
        }
    }

    /// Closes the file; the next question opens it again.
    package func close() {
        let open = pool.withLock { pool in
            defer { pool = nil }
            return pool
        }
        try? open?.close()
    }

    /// The open file; nil when there is none.
    private func open() async throws(DocumentFailure) -> DatabasePool? {
        if let pool = pool.withLock({ $0 }) { return pool }
        // Opening reads the file, which no thread of the tasks shall wait for.
        let result = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: self.openNow()) }
        }
        return try result.get()
    }

    private func openNow() -> Result<DatabasePool?, DocumentFailure> {
        pool.withLock { pool in
            if let pool { return .success(pool) }
            guard LocalFile.resolved(path) != nil else { return .success(nil) }
            var configuration = GRDB.Configuration()
            configuration.label = "documents"
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 4
            do {
                let opened = try DatabasePool(path: path, configuration: configuration)
                pool = opened
                return .success(opened)
            } catch {
                return .failure(DocumentFailure("The document index \(path) cannot be opened."))
            }
        }
    }

    private static func search(
        _ words: QuestionWords,
        in collection: Int64,
        titleWeight: Double,
        limit: Int,
        _ db: Database
    ) throws -> [Passage] {
        guard !words.isEmpty else { return [] }
        let table = DocumentTables.words(collection)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT d.path, p.section, p.url, w.text, bm25(\(table), ?, 1.0) AS rank FROM \(table) w
                JOIN passages p ON p.id = w.rowid JOIN documents d ON d.id = p.document
                WHERE \(table) MATCH ? ORDER BY rank, w.rowid LIMIT ?
                """,
            arguments: [titleWeight, words.expression, limit * 8]
        )
        var passages: [Passage] = []
        var counts: [String: Int] = [:]
        while passages.count < limit, let row = try rows.next() {
            let document: String = row["path"]
            counts[document, default: 0] += 1
            guard counts[document, default: 0] <= mostOfOneDocument else { continue }
            let rank: Double = row["rank"]
            passages.append(passage(row, score: -rank))
        }
        return passages
    }

    /// The beginning of the section an entry names, or the entry's own text.
    private static func passage(
        for entry: DocumentDeclaration.Entry,
        in collection: Int64,
        score: Double,
        _ db: Database
    ) throws -> Passage? {
        let table = DocumentTables.words(collection)
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT d.path, p.section, p.url, w.text FROM documents d JOIN passages p ON p.document = d.id
                JOIN \(table) w ON w.rowid = p.id
                WHERE d.collection = ? AND d.path = ? AND (? IS NULL OR p.section = ? OR p.section LIKE ?) ORDER BY p.id LIMIT 1
                """,
            arguments: [collection, entry.document, entry.section, entry.section, entry.section.map { "% / " + $0 }]
        )
        if let text = entry.text {
            return Passage(
                document: entry.document,
                section: entry.section ?? row?["section"] ?? "",
                url: entry.url ?? row?["url"],
                text: text,
                score: score
            )
        }
        return row.map { passage($0, score: score) }
    }

    private static func passage(_ row: Row, score: Double) -> Passage {
        Passage(
            document: row["path"],
            section: row["section"],
            url: row["url"],
            text: row["text"],
            score: (score * 1000).rounded() / 1000
        )
    }
}
