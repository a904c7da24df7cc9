import Foundation
import GRDB
import GatewayCore
import JSON
import SQLiteSource
import TestSupport

/// A database file in a directory of its own, removed with this object.
final class SampleDatabase {
    let directory: URL

    /// Makes a file with what these statements create.
    init(_ sql: String = "CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT)") throws {
        directory = URL(filePath: try RunFolder.current.subfolder("sqlite"))
        try write(sql, to: "main.db")
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    var path: String { path(of: "main.db") }

    func path(of name: String) -> String { directory.appending(path: name).path }

    /// Runs statements on a file beside, or on the main one, through a connection that may write.
    func write(_ sql: String, to name: String = "main.db") throws {
        let queue = try DatabaseQueue(path: path(of: name))
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    func source(
        attached: [(schema: String, path: String)] = [],
        readers: Int = 4,
        waiting: Int = 64,
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        maximumValueBytes: Int = 32 << 20,
        busyTimeout: Duration = .milliseconds(50)
    ) throws -> SQLiteSource {
        try SQLiteSource(
            name: "sample",
            path: path,
            attached: attached,
            readers: readers,
            waiting: waiting,
            maximumRows: maximumRows,
            maximumBytes: maximumBytes,
            maximumValueBytes: maximumValueBytes,
            busyTimeout: busyTimeout
        )
    }
}

extension SQLiteSource {
    /// Runs one statement with generous limits.
    func rows(
        _ statement: String,
        _ parameters: [JSONValue] = [],
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        within duration: Duration = .seconds(60)
    ) async throws(SourceError) -> SQLRows {
        try await query(
            SQLQuery(
                statement: statement,
                parameters: parameters,
                maximumRows: maximumRows,
                maximumBytes: maximumBytes,
                deadline: .after(duration)
            )
        )
    }

    /// The rows as JSON text.
    func json(_ statement: String, _ parameters: [JSONValue] = []) async throws(SourceError) -> String {
        String(decoding: try await rows(statement, parameters).rows, as: UTF8.self)
    }

    /// Why a statement fails; nil when it does not.
    func failure(_ statement: String, within duration: Duration = .seconds(600)) async -> SourceError? {
        do throws(SourceError) {
            _ = try await rows(statement, within: duration)
            return nil
        } catch {
            return error
        }
    }
}

/// Counts without end to speak of: minutes of work.
let endless = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) SELECT max(i) FROM n
    """
