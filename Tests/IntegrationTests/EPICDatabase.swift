import Foundation
import PostgresServer
import SampleData
import TestSupport

/// The ePIC sample in a database of a real PostgreSQL.
struct EPICDatabase: Sendable {
    let server: PostgresServer
    let name: String

    /// Fills a database of its own; nobody may stop the shared server.
    init(on server: PostgresServer) async throws {
        self.server = server
        name = try await server.makeDatabase()
        let clock = SampleClock(now: SampleInstant(seconds: Int(Date().timeIntervalSince1970)))
        let sample = SampleDatabase(clock: clock, jobCount: 300, taskCount: 20)
        try await server.run(script: SamplePostgres.script(sample), database: name)
    }

    /// A site whose ePIC plugin asks this database; limits in YAML, such as `tool_timeout: 2s`.
    func settings(limits: String) -> SiteSettings {
        var settings = SiteSettings()
        settings.epicDatabase = (name, server.port)
        settings.furtherLines = "limits: {\(limits)}"
        return settings
    }

    /// Keeps everybody from a table while something runs: their statements wait.
    func locking<Result>(_ table: String, _ body: () async throws -> Result) async throws -> Result {
        async let holder = try? server.sql(
            "SET application_name = 'holder'; BEGIN; LOCK TABLE \(table); SELECT pg_sleep(600)",
            database: name
        )
        try await Polling.wait(for: "the lock") {
            let locks = "SELECT count(*) FROM pg_locks WHERE relation = '\(table)'::regclass AND granted"
            return try await server.sql("\(locks) AND mode = 'AccessExclusiveLock'", database: name) == "1" ? () : nil
        }
        let result = try await body()
        // When the server is down, so is the holder.
        _ = try? await server.sql(
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
            WHERE application_name = 'holder' AND datname = '\(name)'
            """
        )
        _ = await holder
        return result
    }

    /// How many of the gateway's statements wait for a lock now.
    func waiting() async throws -> Int {
        let count = try await server.sql("SELECT count(*) \(Self.statements(in: name)) AND wait_event_type = 'Lock'")
        return Int(count) ?? -1
    }

    /// Waits on the server itself until no statement of the gateway runs.
    /// - Throws: When one still does after a second.
    func waitForSilence() async throws {
        _ = try await server.sql(
            """
            DO $$ BEGIN
              FOR look IN 1..100 LOOP
                PERFORM pg_stat_clear_snapshot();
                IF NOT EXISTS (SELECT 1 \(Self.statements(in: name))) THEN RETURN; END IF;
                PERFORM pg_sleep(0.01);
              END LOOP;
              RAISE EXCEPTION 'a statement still runs';
            END $$
            """
        )
    }

    private static func statements(in database: String) -> String {
        """
        FROM pg_stat_activity WHERE datname = '\(database)' AND application_name = 'beamline' AND state = 'active'
        """
    }
}
