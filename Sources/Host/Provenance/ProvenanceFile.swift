import FoundationEssentials
import GRDB
import GatewayCore
import LocalFiles

/// The file in which results are remembered, in SQLite.
///
/// A file of its own and not the gateway's state: every call writes here, what stands here may be lost, and neither
/// must keep a login waiting.
struct ProvenanceFile: Sendable {
    private let pool: DatabasePool

    init(path: String) throws(ProvenanceError) {
        do {
            // SQLite gives its other files the mode of this one.
            try AtomicFile.ensure(path, content: [], mode: 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            var configuration = GRDB.Configuration()
            configuration.label = "provenance"
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
            pool = try DatabasePool(path: path, configuration: configuration)
            try Self.prepare(pool)
        } catch {
            throw ProvenanceError(
                description: "The file \(path) cannot be used; check state.directory, or move the file away."
            )
        }
    }

    func close() {
        try? pool.close()
    }

    // MARK: - Writing; these block

    /// Adds all rows or none.
    func add(_ rows: [ProvenanceRow]) throws {
        try pool.write { db in
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO results (digest, request_id, issuer, subject, kind, namespace, name, answered_at,
                        arguments_sha256, result_sha256, result_bytes, is_error, value_tags, are_all_tags)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for row in rows {
                try statement.execute(
                    arguments: [
                        row.digest, row.requestID, row.issuer, row.subject, row.kind, row.namespace, row.name,
                        row.time, row.argumentsDigest, row.resultDigest, row.resultBytes, row.isError ? 1 : 0,
                        Data(row.tags), row.areAllTags ? 1 : 0,
                    ]
                )
            }
        }
    }

    /// Forgets what is older than a time, in milliseconds since 1970, and the oldest beyond so many.
    func forget(before time: Int64, beyond count: Int) throws {
        try pool.write { db in
            try db.execute(sql: "DELETE FROM results WHERE answered_at < ?", arguments: [time])
            try db.execute(
                sql: "DELETE FROM results WHERE number <= (SELECT COALESCE(MAX(number), 0) FROM results) - ?",
                arguments: [count]
            )
        }
    }

    // MARK: - Reading

    /// The row of a digest, if it is this caller's and not older than a time.
    func row(_ digest: String, issuer: String, subject: String, since time: Int64) async throws -> ProvenanceRow? {
        try await pool.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT request_id, kind, namespace, name, answered_at, arguments_sha256, result_sha256,
                        result_bytes, is_error, value_tags, are_all_tags
                    FROM results WHERE digest = ? AND issuer = ? AND subject = ? AND answered_at >= ?
                    """,
                arguments: [digest, issuer, subject, time]
            )
            .map { row in
                ProvenanceRow(
                    digest: digest,
                    requestID: row[0],
                    issuer: issuer,
                    subject: subject,
                    kind: row[1],
                    namespace: row[2],
                    name: row[3],
                    time: row[4],
                    argumentsDigest: row[5],
                    resultDigest: row[6],
                    resultBytes: row[7],
                    isError: row[8],
                    tags: Array(row[9] as Data),
                    areAllTags: row[10]
                )
            }
        }
    }

    // MARK: - The table

    /// Makes the table that is not there, in a transaction that begins with the lock: several gateways may do so at once.
    private static func prepare(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { db in
            try db.inTransaction(.immediate) {
                for statement in tables { try db.execute(sql: statement) }
                return .commit
            }
        }
    }

    private static let tables = [
        """
        CREATE TABLE IF NOT EXISTS results (
            number INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, request_id TEXT NOT NULL,
            issuer TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, namespace TEXT NOT NULL,
            name TEXT NOT NULL, answered_at BIGINT NOT NULL, arguments_sha256 TEXT, result_sha256 TEXT NOT NULL,
            result_bytes BIGINT NOT NULL, is_error BIGINT NOT NULL, value_tags BLOB NOT NULL,
            are_all_tags BIGINT NOT NULL
        )
        """,
        "CREATE INDEX IF NOT EXISTS results_by_time ON results (answered_at)",
    ]
}
