import FoundationEssentials
import GRDB
package import Sealing

/// What the gateway itself remembers: clients, logins under way, grants, consents, keys.
///
/// One SQLite file in WAL mode, which several gateways of one machine may share. Statements keep to what PostgreSQL
/// understands as well: no types but `TEXT` and `BIGINT`, times in seconds since 1970, lists as lines of a text. What
/// somebody could use who reads the file is sealed or only there as a digest.
package struct StateStore: Sendable {
    let pool: DatabasePool
    let sealer: Sealer

    /// Opens the file, makes it for its owner alone when it is not there, and brings its tables up to date.
    package init(path: String, sealer: Sealer) throws(StateError) {
        do {
            try Self.makeFile(path)
            var configuration = GRDB.Configuration()
            configuration.label = "state"
            configuration.busyMode = .timeout(5)
            configuration.foreignKeysEnabled = true
            pool = try DatabasePool(path: path, configuration: configuration)
            try StateMigrations.migrator.migrate(pool)
        } catch {
            throw .cannotOpen(path: path, detail: String(describing: error))
        }
        self.sealer = sealer
    }

    /// Closes the file; what is asked afterwards fails.
    package func close() {
        try? pool.close()
    }

    /// Deletes what has ended long ago at this moment, in seconds since 1970, so that the file does not grow for ever.
    package func prune(at now: Int64) async throws(StateError) {
        try await write { db in
            for table in [
                "pending_logins", "browser_sessions", "devices", "spent_identifiers", "codes", "call_consents",
                "login_demands", "logins",
            ] {
                try db.execute(sql: "DELETE FROM \(table) WHERE expires_at <= ?", arguments: [now])
            }
            try db.execute(sql: "DELETE FROM clients WHERE expires_at <= ?", arguments: [now])
            try db.execute(sql: "DELETE FROM refresh_tokens WHERE expires_at <= ?", arguments: [now])
            // Kept a day longer: an ended grant still answers for the codes and tokens that name it.
            try db.execute(sql: "DELETE FROM grants WHERE expires_at <= ?", arguments: [now - 86_400])
            try db.execute(sql: "DELETE FROM signing_keys WHERE retires_at <= ?", arguments: [now])
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StateError) -> Value
    {
        do {
            return try await pool.read(body)
        } catch {
            throw Self.error(error)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StateError) -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw Self.error(error)
        }
    }

    private static func error(_ error: any Error) -> StateError {
        if let error = error as? StateError { return error }
        // The result code alone: a message may hold what was written.
        if let error = error as? DatabaseError { return .failed(detail: "SQLite: \(error.extendedResultCode)") }
        return .failed(detail: error is CancellationError ? "cancelled" : "the statement did not run")
    }

    /// SQLite gives its other files the mode of this one.
    private static func makeFile(_ path: String) throws {
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw StateError.failed(detail: "the file cannot be made")
            }
        }
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}
