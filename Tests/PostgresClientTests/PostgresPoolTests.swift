import GatewayCore
import PostgresClient
import PostgresServer
import Testing
import TestSupport

struct PostgresPoolTests {
    private func pool(
        _ server: PostgresServer,
        database: String = "postgres",
        connections: Int = 2,
        waiting: Int = 16,
        port: Int? = nil,
        isReadOnly: Bool = true
    ) -> PostgresPool {
        let parameters = PostgresParameters(
            host: "127.0.0.1",
            port: port ?? server.port,
            database: database,
            user: "postgres",
            encryption: .prefer,
            applicationName: "pool",
            isReadOnly: isReadOnly
        )
        return PostgresPool(
            parameters,
            label: "test",
            maximumConnections: connections,
            waiting: waiting,
            firstBackOff: .milliseconds(50),
            longestBackOff: .milliseconds(200)
        )
    }

    private func failure(_ pool: PostgresPool, _ statement: PostgresStatement) async -> PostgresError? {
        do throws(PostgresError) {
            _ = try await pool.run(statement, by: .after(.seconds(60)), into: RowTexts())
            return nil
        } catch {
            return error
        }
    }

    @Test func `rows come as texts with the numbers of their types`() async throws {
        let pool = pool(try await SharedPostgresServer.server())
        let statement = PostgresStatement("SELECT $1::int AS a, $2::text AS b, true AS c", parameters: ["7", nil])
        let answer = try await pool.run(statement, by: .after(.seconds(60)), into: RowTexts())
        #expect(
            answer.columns == [
                PostgresColumn(name: "a", type: 23), PostgresColumn(name: "b", type: 25),
                PostgresColumn(name: "c", type: 16),
            ]
        )
        #expect(answer.rows == [["7", nil, "t"]])
    }

    @Test func `a consumer that has enough is asked for no more`() async throws {
        let pool = pool(try await SharedPostgresServer.server(), connections: 1)
        for limit in 1...3 {
            let statement = PostgresStatement("SELECT generate_series(1, 1000000)")
            let answer = try await pool.run(statement, by: .after(.seconds(60)), into: RowTexts(limit: limit))
            #expect(answer.rows.count == limit)
        }
    }

    @Test func `an error after rows is an error`() async throws {
        let pool = pool(try await SharedPostgresServer.server(), connections: 1)
        let failure = try #require(
            await failure(pool, PostgresStatement("SELECT 1 / (3 - n) FROM generate_series(1, 5) AS n"))
        )
        #expect(failure == PostgresError(.refused, sqlState: "22012", detail: "division by zero"))
        #expect(await self.failure(pool, PostgresStatement("SELECT 1")) == nil)
    }

    @Test func `a writing statement is committed, a reading one undone, whatever the default is`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE t (a int)")
        for isReadOnly in [true, false] {
            let pool = pool(server, database: database, isReadOnly: isReadOnly)
            #expect(await failure(pool, PostgresStatement("INSERT INTO t VALUES (1)", access: .readWrite)) == nil)
            let refused = await failure(pool, PostgresStatement("INSERT INTO t VALUES (1)", access: .readOnly))
            #expect(refused?.sqlState == "25006")
        }
        #expect(try await server.sql("SELECT count(*) FROM t", database: database) == "2")
    }

    @Test func `a transaction that cannot be committed is an error`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase(
            "CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO t VALUES (1)"
        )
        let pool = pool(server, database: database, connections: 1)
        let statement = PostgresStatement("INSERT INTO t VALUES (1)", access: .readWrite)
        #expect(await failure(pool, statement)?.sqlState == "23505")
        #expect(try await server.sql("SELECT count(*) FROM t", database: database) == "1")
        #expect(await failure(pool, PostgresStatement("SELECT 1")) == nil)
    }

    @Test func `after every failed attempt the next is further away, up to a limit`() async throws {
        let server = try await SharedPostgresServer.server()
        let pool = pool(server, port: try FreePort.find())
        var longest: Duration = .zero
        try await Polling.wait(for: "a longer time") {
            let failure = try #require(await failure(pool, PostgresStatement("SELECT 1")))
            switch failure.kind {
            case .connectionFailed: break
            case .backingOff(let time): longest = max(longest, time)
            default: Issue.record("\(failure)")
            }
            // Longer than the first, which is 50.
            return longest > .milliseconds(60) ? () : nil
        }
        #expect(longest <= .milliseconds(200))
    }

    @Test func `notices of the server are nobody's business`() async throws {
        let pool = pool(try await SharedPostgresServer.server(), connections: 1)
        #expect(await failure(pool, PostgresStatement("COMMIT")) == nil)
        #expect(await failure(pool, PostgresStatement("SELECT 1")) == nil)
    }

    @Test func `notifications do not disturb`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase()
        let pool = pool(server, database: database, connections: 1)
        #expect(await failure(pool, PostgresStatement("LISTEN jobs", access: .readWrite)) == nil)
        for _ in 0..<5 {
            _ = try await server.sql("NOTIFY jobs, 'x'", database: database)
            #expect(await failure(pool, PostgresStatement("SELECT 1")) == nil)
        }
    }

    @Test func `statements are as long as they need to be`() async throws {
        let pool = pool(try await SharedPostgresServer.server(), connections: 1)
        // More than the socket takes at once.
        let text = String(repeating: "x", count: 20 << 20)
        let statement = PostgresStatement("SELECT length($1)", parameters: [text])
        let answer = try await pool.run(statement, by: .after(.seconds(60)), into: RowTexts())
        #expect(answer.rows == [[String(20 << 20)]])
    }

    @Test func `the server is told to look whether its client is still there`() async throws {
        let pool = pool(try await SharedPostgresServer.server(), connections: 1)
        let statement = PostgresStatement("SELECT current_setting('client_connection_check_interval')")
        let answer = try await pool.run(statement, by: .after(.seconds(60)), into: RowTexts())
        #expect(answer.rows == [["1s"]])
    }
}
