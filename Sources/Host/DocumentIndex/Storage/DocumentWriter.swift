import GRDB
import LocalFiles

/// Fills the file of the index; several may do so, one after the other, while gateways read.
package struct DocumentWriter: Sendable {
    /// Changes whenever documents are read differently, so that all are read again.
    private static let version = 1

    private let queue: DatabaseQueue
    private let passageBytes: Int

    /// Opens the file, which is made for its owner alone when it is not there.
    ///
    /// Passages have at most `passageBytes` bytes.
    package init(path: String, passageBytes: Int = 1400) throws(DocumentFailure) {
        self.passageBytes = passageBytes
        do {
            try Self.makeFile(path)
            var configuration = GRDB.Configuration()
            configuration.label = "documents"
            configuration.busyMode = .timeout(10)
            configuration.foreignKeysEnabled = true
            configuration.journalMode = .wal
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try DocumentTables.prepare(queue)
        } catch {
            throw DocumentFailure("The document index \(path) cannot be opened: \(Self.detail(error))")
        }
    }

    private static func makeFile(_ path: String) throws(FileFailure) {
        guard LocalFile.resolved(path) == nil else { return }
        do throws(FileFailure) {
            try AtomicFile.create(path, with: [], mode: 0o600)
        } catch {
            // Another program may have been first.
            if LocalFile.resolved(path) == nil { throw error }
        }
    }

    /// Makes a collection hold these files and no others, in one transaction.
    ///
    /// Only what has changed is read again. Blocks.
    package func update(
        _ collection: String,
        with files: [IndexedFile],
        addresses: DocumentAddresses
    ) throws(DocumentFailure) -> IndexChange {
        do {
            return try queue.writeWithoutTransaction { db in
                var change = IndexChange()
                // The lock comes first: two that update at the same time must not both find the same state.
                try db.inTransaction(.immediate) {
                    change = try update(collection, with: files, addresses, in: db)
                    return .commit
                }
                return change
            }
        } catch {
            throw DocumentFailure("The collection \(collection) cannot be updated: \(Self.detail(error))")
        }
    }

    private func update(
        _ name: String,
        with files: [IndexedFile],
        _ addresses: DocumentAddresses,
        in db: Database
    ) throws -> IndexChange {
        let collection = try self.collection(name, in: db)
        let table = DocumentTables.words(collection)
        var present: [String: (id: Int64, hash: String)] = [:]
        let documents = try Row.fetchCursor(
            db,
            sql: "SELECT id, path, hash FROM documents WHERE collection = ?",
            arguments: [collection]
        )
        while let row = try documents.next() { present[row["path"]] = (row["id"], row["hash"]) }
        var change = IndexChange()
        for file in files {
            let hash = addresses.hash(of: file, version: Self.version, passageBytes: passageBytes)
            let former = present.removeValue(forKey: file.path)
            guard former?.hash != hash else {
                change.unchanged += 1
                continue
            }
            if let former { try remove(former.id, from: table, in: db) }
            try add(file, hash, to: collection, table, addresses, in: db)
            if former == nil { change.added += 1 } else { change.changed += 1 }
        }
        for former in present.values { try remove(former.id, from: table, in: db) }
        change.removed = present.count
        let counts = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(*) AS passages, COUNT(DISTINCT d.path || ' ' || p.section) AS sections FROM passages p
                JOIN documents d ON d.id = p.document WHERE d.collection = ?
                """,
            arguments: [collection]
        )
        change.passages = counts?["passages"] ?? 0
        change.sections = counts?["sections"] ?? 0
        return change
    }

    private func collection(_ name: String, in db: Database) throws -> Int64 {
        if let id = try Int64.fetchOne(db, sql: "SELECT id FROM collections WHERE name = ?", arguments: [name]) {
            return id
        }
        try db.execute(sql: "INSERT INTO collections (name) VALUES (?)", arguments: [name])
        let id = db.lastInsertedRowID
        try DocumentTables.make(words: DocumentTables.words(id), in: db)
        return id
    }

    private func add(
        _ file: IndexedFile,
        _ hash: String,
        to collection: Int64,
        _ table: String,
        _ addresses: DocumentAddresses,
        in db: Database
    ) throws {
        try db.execute(
            sql: "INSERT INTO documents (collection, path, hash) VALUES (?, ?, ?)",
            arguments: [collection, file.path, hash]
        )
        let document = db.lastInsertedRowID
        let parsed = file.format.parse(file.bytes, path: file.path)
        let passage = try db.cachedStatement(sql: "INSERT INTO passages (document, section, url) VALUES (?, ?, ?)")
        let words = try db.cachedStatement(sql: "INSERT INTO \(table) (rowid, title, text) VALUES (?, ?, ?)")
        for section in parsed.sections {
            let title = section.titles.joined(separator: " / ")
            let url = addresses.url(of: file.path, anchor: section.anchor)
            for text in Passages.cut(section.text, maximumBytes: passageBytes) {
                try passage.execute(arguments: [document, title, url])
                try words.execute(arguments: [db.lastInsertedRowID, title, text])
            }
        }
    }

    private func remove(_ document: Int64, from table: String, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM \(table) WHERE rowid IN (SELECT id FROM passages WHERE document = ?)",
            arguments: [document]
        )
        try db.execute(sql: "DELETE FROM documents WHERE id = ?", arguments: [document])
    }

    private static func detail(_ error: any Error) -> String {
        switch error {
        case let error as DatabaseError: "SQLite \(error.extendedResultCode)"
        case let error as FileFailure: error.reason
        case let error as DocumentFailure: error.reason
        default: "\(type(of: error))"
        }
    }
}
