import PostgresClient
import GatewayCore
import JSON
import PostgresServer
import PostgresSource
import Testing
import TestSupport

struct EndingTests {
    @Test func `a deadline ends the statement here and on the server`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 1) { $0.applicationName = "deadline" }
        _ = try await source.rows("SELECT 1")
        let clock = SuspendingClock()
        let began = clock.now
        #expect(await source.failure(endless, within: .milliseconds(100)) == .timeout)
        #expect(began.duration(to: clock.now) < .seconds(300))
        try await Polling.wait(for: "the end of the statement") {
            try await server.running("deadline") == 0 ? () : nil
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a deadline ends a statement that sends rows all the time`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let failure = await source.failure(
            "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b",
            within: .milliseconds(100)
        )
        #expect(failure == .timeout)
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a statement cannot lengthen its own time`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let statement = "SELECT set_config('statement_timeout', '0', false), pg_sleep(600)"
        #expect(await source.failure(statement, within: .milliseconds(100)) == .timeout)
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a deadline that has passed is told without asking`() async throws {
        let source = try await SharedPostgresServer.server().source()
        #expect(await source.failure("SELECT 1", within: .zero) == .timeout)
    }

    @Test func `a deadline far away is no trouble`() async throws {
        let source = try await SharedPostgresServer.server().source()
        #expect(try await source.rows("SELECT 1", within: .seconds(100_000_000)).count == 1)
    }

    @Test func `cancelling the task removes the statement from the server`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 1) { $0.applicationName = "cancelled" }
        let task = Task { await source.failure(endless) }
        try await Polling.wait(for: "the statement") { try await server.running("cancelled") == 1 ? () : nil }
        let clock = SuspendingClock()
        let began = clock.now
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(began.duration(to: clock.now) < .seconds(300))
        try await Polling.wait(for: "the end of the statement") {
            try await server.running("cancelled") == 0 ? () : nil
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a cancellation never hits the statement that comes next`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        for round in 0..<100 {
            let task = Task { await source.failure("SELECT pg_sleep(0.002)") }
            if round.isMultiple(of: 2) { await Task.yield() }
            task.cancel()
            let failure = await task.value
            #expect(failure == nil || failure == .cancelled)
            #expect(try await source.json("SELECT \(round), pg_sleep(0.001) IS NULL") == "[[\(round),false]]")
        }
    }

    @Test func `a task that is cancelled already runs nothing`() async throws {
        let source = try await SharedPostgresServer.server().source()
        let failure = await withTaskGroup(of: SourceError?.self) { group in
            group.cancelAll()
            group.addTask { await source.failure("SELECT 1") }
            return await group.next().flatMap { $0 }
        }
        #expect(failure == .cancelled)
    }

    @Test func `a statement an administrator ends is unavailable`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 1) { $0.applicationName = "administered" }
        for function in ["pg_cancel_backend", "pg_terminate_backend"] {
            async let failure = source.failure(endless)
            try await Polling.wait(for: "the statement") { try await server.running("administered") == 1 ? () : nil }
            _ = try await server.sql(
                "SELECT \(function)(pid) FROM pg_stat_activity WHERE application_name = 'administered'"
            )
            let state = function == "pg_cancel_backend" ? "57014" : "57P01"
            let detail = try #require(await failure?.operatorDetail)
            #expect(detail.hasPrefix("PostgreSQL \(state)"), "\(detail)")
            #expect(try await source.json("SELECT 1") == "[[1]]")
        }
    }

    @Test func `a statement that waits for a lock ends at the deadline`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE t (a int)")
        async let holder = try? server.sql(
            "BEGIN; LOCK TABLE t; SET application_name = 'holder'; SELECT pg_sleep(600)",
            database: database
        )
        try await Polling.wait(for: "the lock") { try await server.running("holder") == 1 ? () : nil }
        let source = server.source(database: database)
        #expect(await source.failure("SELECT * FROM t", within: .milliseconds(100)) == .timeout)
        _ = try await server.sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'holder'"
        )
        #expect(await holder == nil)
        #expect(try await source.json("SELECT * FROM t") == "[]")
    }
}
