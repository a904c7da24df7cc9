import PostgresClient
import GatewayCore
import JSON
import PostgresServer
import PostgresSource
import Testing
import TestSupport

struct ConcurrencyTests {
    @Test func `two hundred calls at once are answered over eight connections`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 8, waiting: 200) { $0.applicationName = "many" }
        let answers = await withTaskGroup(of: String?.self) { group in
            for number in 0..<200 {
                group.addTask { try? await source.json("SELECT $1 + 0, pg_sleep(0.005) IS NULL", [.integer(number)]) }
            }
            return await group.reduce(into: Set<String>()) { all, answer in
                if let answer { all.insert(answer) }
            }
        }
        #expect(answers == Set((0..<200).map { "[[\($0),false]]" }))
        let used = try await server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'many'")
        #expect(used == "8")
    }

    @Test func `one caller needs one connection`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 8) { $0.applicationName = "alone" }
        for _ in 0..<20 {
            #expect(try await source.json("SELECT 1") == "[[1]]")
        }
        #expect(try await server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alone'") == "1")
        await source.close()
        try await Polling.wait(for: "the connection's end") {
            try await server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alone'") == "0"
                ? () : nil
        }
    }

    @Test func `who waits longest is served first`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE line (place serial, caller int)")
        let source = server.source(database: database, connections: 1, isWritable: true) {
            $0.applicationName = "fair"
        }
        let holder = Task { await source.failure(endless) }
        try await Polling.wait(for: "the statement") { try await server.running("fair") == 1 ? () : nil }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<10 {
                group.addTask {
                    _ = try? await source.rows("INSERT INTO line (caller) VALUES ($1)", [.integer(number)])
                }
                // Each is in line before the next comes.
                await Polling.until { source.waitingCount > number }
            }
            holder.cancel()
        }
        let order = try await server.sql(
            "SELECT string_agg(caller::text, ',' ORDER BY place) FROM line",
            database: database
        )
        #expect(order == "0,1,2,3,4,5,6,7,8,9")
    }

    @Test func `with nobody allowed to wait the next is refused`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1, waiting: 0)
        let failures = await withTaskGroup(of: SourceError?.self) { group in
            for _ in 0..<2 {
                group.addTask { await source.failure(endless) }
            }
            let refused = await group.next().flatMap { $0 }
            group.cancelAll()
            return (refused: refused, running: await group.next().flatMap { $0 })
        }
        #expect(failures.refused == .unavailable(detail: "PostgreSQL: busy: everything is in use and 0 wait"))
        #expect(failures.running == .cancelled)
        // The caller is answered before the server has ended the statement.
        try await Polling.wait(for: "the connection") { try? await source.json("SELECT 1") == "[[1]]" ? () : nil }
    }

    @Test func `waiting for a connection ends at the deadline`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let holder = Task { await source.failure(endless) }
        while await source.failure("SELECT 1", within: .milliseconds(50)) == nil {}
        #expect(await source.failure("SELECT 1", within: .milliseconds(50)) == .timeout)
        holder.cancel()
        #expect(await holder.value == .cancelled)
    }

    @Test func `closing refuses who waits and lets the running statement end`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase()
        let holder = server.source(database: database, connections: 1)
        let source = server.source(database: database, connections: 1) { $0.applicationName = "closing" }
        let holding = Task { await holder.failure("SELECT pg_advisory_xact_lock(7), pg_sleep(600)") }
        try await Self.locks("granted", in: database, of: server)
        async let running = source.json("SELECT pg_advisory_xact_lock(7) IS NULL")
        try await Self.locks("NOT granted", in: database, of: server)
        async let waiting = source.failure("SELECT 1")
        await Polling.until { source.waitingCount == 1 }
        await source.close()
        #expect(await waiting == .unavailable(detail: "PostgreSQL: the source is closed"))
        holding.cancel()
        #expect(try await running == "[[false]]")
        #expect(await source.failure("SELECT 1") == .unavailable(detail: "PostgreSQL: the source is closed"))
        try await Polling.wait(for: "the connection's end") {
            try await server.sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'closing'") == "0"
                ? () : nil
        }
    }

    /// Waits for one advisory lock of a database to be so.
    private static func locks(_ state: String, in database: String, of server: PostgresServer) async throws {
        let count = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND \(state) AND database ="
        try await Polling.wait(for: "the lock that is \(state)") {
            try await server.sql("\(count) (SELECT oid FROM pg_database WHERE datname = '\(database)')") == "1"
                ? () : nil
        }
    }
}
