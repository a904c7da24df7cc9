import PostgresClient
import JSON
import GatewayCore
import PostgresServer
import PostgresSource
import Testing

struct ReadOnlyTests {
    private static let table =
        "CREATE TABLE jobs (id int PRIMARY KEY, status text); INSERT INTO jobs VALUES (1, 'done')"

    @Test(arguments: [
        "INSERT INTO jobs VALUES (2, 'new')", "UPDATE jobs SET status = 'x'", "DELETE FROM jobs", "DROP TABLE jobs",
        "CREATE TABLE more (id int)", "TRUNCATE jobs", "SELECT * FROM jobs FOR UPDATE", "SELECT nextval('numbers')",
        "WITH gone AS (DELETE FROM jobs RETURNING id) SELECT * FROM gone",
        "SELECT set_config('transaction_read_only', 'off', true) FROM jobs",
    ])
    func `what writes is refused`(statement: String) async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase(Self.table + "; CREATE SEQUENCE numbers")
        let source = server.source(database: database, connections: 1)
        let failure = try #require(await source.failure(statement))
        #expect(failure.isRejected, "\(failure)")
        #expect(try await source.json("SELECT * FROM jobs") == #"[[1,"done"]]"#)
        #expect(try await server.sql("SELECT * FROM jobs", database: database) == "1|done")
    }

    @Test(arguments: [
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "SET default_transaction_read_only = off",
        "SET TRANSACTION READ WRITE", "BEGIN READ WRITE", "COMMIT", "ROLLBACK", "COMMIT AND CHAIN", "RESET ALL",
        "SELECT set_config('default_transaction_read_only', 'off', false)", "DISCARD PLANS", "DEALLOCATE ALL",
        "SET SESSION AUTHORIZATION guarded", "SELECT set_config('TimeZone', 'Asia/Tokyo', false)",
    ])
    func `nothing a statement says opens a way to write for the next`(statement: String) async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase(Self.table)
        let source = server.source(database: database, connections: 1)
        _ = await source.failure("SELECT 0")
        _ = await source.failure(statement)
        for write in ["DELETE FROM jobs", "WITH g AS (DELETE FROM jobs RETURNING id) SELECT * FROM g"] {
            let failure = try #require(await source.failure(write))
            #expect(failure.operatorDetail?.hasPrefix("PostgreSQL 25006") == true, "\(failure)")
        }
        #expect(try await source.json("SELECT current_user, current_setting('TimeZone')") == #"[["postgres","UTC"]]"#)
        #expect(try await source.json("SELECT 0") == "[[0]]")
    }

    @Test func `what a read-only transaction lets through is undone`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase()
        // Servers before 16 do not count this as writing.
        _ = await server.source(database: database).failure("SELECT lo_create(4711)")
        #expect(try await server.sql("SELECT count(*) FROM pg_largeobject_metadata", database: database) == "0")
    }

    @Test func `a source declared writable writes and commits`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase(Self.table)
        let source = server.source(database: database, isWritable: true)
        #expect(try await source.json("INSERT INTO jobs VALUES ($1, $2) RETURNING id", [2, "new"]) == "[[2]]")
        let updated = try await source.rows("UPDATE jobs SET status = 'old'")
        #expect(updated.columns.isEmpty)
        #expect(updated.rows == Array("[]".utf8))
        #expect(try await server.sql("SELECT * FROM jobs ORDER BY id", database: database) == "1|old\n2|old")
    }

    @Test func `a writing statement with more rows than wanted is carried through`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE n (i int)")
        let source = server.source(database: database, isWritable: true)
        let rows = try await source.rows(
            "INSERT INTO n SELECT * FROM generate_series(1, 50000) RETURNING repeat('x', 100)",
            maximumRows: 1
        )
        #expect(rows.count == 1)
        #expect(rows.isTruncated)
        #expect(try await server.sql("SELECT count(*) FROM n", database: database) == "50000")
    }

    @Test func `a writing statement that fails leaves nothing`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase(Self.table)
        let source = server.source(database: database, connections: 1, isWritable: true)
        let failure = try #require(await source.failure("INSERT INTO jobs VALUES (2, 'a'), (1, 'b')"))
        #expect(failure.operatorDetail?.hasPrefix("PostgreSQL 23505") == true, "\(failure)")
        #expect(try await source.json("SELECT id FROM jobs") == "[[1]]")
    }

    @Test func `a committed change of the zone does not reach the next statement`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1, isWritable: true)
        _ = try await source.rows("SELECT set_config('TimeZone', 'Asia/Tokyo', false)")
        #expect(try await source.json("SELECT '2026-11-21 00:00Z'::timestamptz") == #"[["2026-11-21T00:00:00Z"]]"#)
    }
}
