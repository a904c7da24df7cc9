package import Sealing

/// What the gateway itself remembers: clients, logins under way, grants, consents, keys.
///
/// It lies in one SQLite file, which several gateways of one machine may share, or in a PostgreSQL database for gateways
/// of several. Statements are what both understand: no types but `TEXT` and `BIGINT`, times in seconds since 1970, lists
/// as lines of a text. What somebody could use who reads the data is sealed or only there as a digest.
package struct StateStore: Sendable {
    private let engine: any StateEngine
    let sealer: Sealer

    /// Opens the file, makes it for its owner alone when it is not there, and brings its tables up to date.
    package init(path: String, sealer: Sealer) throws(StateError) {
        do {
            engine = try SQLiteEngine(path: path)
        } catch {
            throw .cannotOpen(path: path, detail: String(describing: error))
        }
        self.sealer = sealer
    }

    /// Connects to the database, and brings its tables up to date.
    package init(server: StateServer, sealer: Sealer) async throws(StateError) {
        do {
            engine = try await PostgresEngine(server)
        } catch {
            throw StateError(error)
        }
        self.sealer = sealer
    }

    /// Closes the file or the connections; what is asked afterwards fails.
    package func close() {
        engine.close()
    }

    /// Deletes what has ended long ago at this moment, in seconds since 1970, so that the file does not grow for ever.
    package func prune(at now: Int64) async throws(StateError) {
        try await write { db in
            for table in [
                "pending_logins", "browser_sessions", "devices", "spent_identifiers", "codes", "call_consents",
                "login_demands", "logins", "given_tokens",
            ] {
                try db.execute(sql: "DELETE FROM \(table) WHERE expires_at <= ?", arguments: [now])
            }
            try db.execute(sql: "DELETE FROM clients WHERE expires_at <= ?", arguments: [now])
            try db.execute(sql: "DELETE FROM refresh_tokens WHERE expires_at <= ?", arguments: [now])
            // Kept a day longer: an ended grant still answers for the codes and tokens that name it.
            try db.execute(sql: "DELETE FROM grants WHERE expires_at <= ?", arguments: [now - 86_400])
            try db.execute(sql: "DELETE FROM signing_keys WHERE retires_at <= ?", arguments: [now])
            try db.execute(
                sql: "DELETE FROM operator_acts WHERE performed_at <= ?",
                arguments: [now - OperatorActRecord.kept]
            )
        }
    }

    /// Runs a transaction that changes nothing, on a thread where it may wait.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws(StateError) -> Value
    {
        do {
            return try await engine.read(body)
        } catch {
            throw StateError(error)
        }
    }

    /// Runs a transaction that no other one runs beside; committed when the function returns, undone when it throws.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StateError) -> Value {
        do {
            return try await engine.write(body)
        } catch {
            throw StateError(error)
        }
    }
}
