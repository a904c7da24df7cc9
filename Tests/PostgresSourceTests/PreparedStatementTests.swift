import PostgresClient
import GatewayCore
import JSON
import PostgresServer
import Testing

struct PreparedStatementTests {
    @Test func `a table that changed is read again without an error`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
        let source = server.source(database: database, connections: 1)
        #expect(try await source.json("SELECT * FROM t") == "[[1]]")
        _ = try await server.sql("ALTER TABLE t ADD COLUMN b text DEFAULT 'x'", database: database)
        #expect(try await source.json("SELECT * FROM t") == #"[[1,"x"]]"#)
        _ = try await server.sql("DROP TABLE t", database: database)
        let failure = try #require(await source.failure("SELECT * FROM t"))
        #expect(failure.operatorDetail?.hasPrefix("PostgreSQL 42P01") == true)
        _ = try await server.sql("CREATE TABLE t (c bool); INSERT INTO t VALUES (true)", database: database)
        #expect(try await source.json("SELECT * FROM t") == "[[true]]")
    }

    @Test func `a writing source survives the change too, once`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE t (a int)")
        let source = server.source(database: database, connections: 1, isWritable: true)
        #expect(try await source.json("INSERT INTO t VALUES (1) RETURNING *") == "[[1]]")
        _ = try await server.sql("ALTER TABLE t ADD COLUMN b text", database: database)
        #expect(try await source.json("INSERT INTO t VALUES (1) RETURNING *") == "[[1,null]]")
        #expect(try await server.sql("SELECT count(*) FROM t", database: database) == "2")
    }

    @Test func `statements a caller deallocated are prepared again`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        #expect(try await source.json("SELECT 1") == "[[1]]")
        _ = await source.failure("DEALLOCATE ALL")
        #expect(try await source.json("SELECT 1") == "[[1]]")
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a connection keeps sixty-four statements prepared`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let count = "SELECT count(*) FROM pg_prepared_statements"
        for number in 1..<64 {
            #expect(try await source.json("SELECT \(number)") == "[[\(number)]]")
        }
        #expect(try await source.json(count) == "[[64]]")
        for number in 1..<200 {
            #expect(try await source.json("SELECT \(number)") == "[[\(number)]]")
        }
        // The one that went last is still there while the server answers this one.
        let kept = try await source.json(count)
        #expect(kept == "[[64]]", "\(kept)")
    }

    @Test func `every statement is planned for its own values`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        #expect(try await source.json("SHOW plan_cache_mode") == #"[["force_custom_plan"]]"#)
    }
}
