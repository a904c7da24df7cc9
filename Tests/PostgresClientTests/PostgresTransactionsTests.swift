import Dispatch
import GatewayCore
import PostgresClient
import PostgresServer
import Testing

@Suite("Transactions of several statements")
struct PostgresTransactionsTests {
    private func transactions(
        _ server: PostgresServer,
        _ database: String,
        connections: Int = 3,
        idleTime: Duration = .seconds(60)
    ) -> PostgresTransactions {
        PostgresTransactions(
            PostgresParameters(
                host: "127.0.0.1",
                port: server.port,
                database: database,
                user: "postgres",
                encryption: .prefer,
                isReadOnly: false
            ),
            label: "test",
            lock: 5,
            connections: connections,
            idleTime: idleTime,
            firstBackOff: .milliseconds(10),
            longestBackOff: .milliseconds(50)
        )
    }

    private func shared(_ statements: String) async throws -> (PostgresServer, String) {
        let server = try await SharedPostgresServer.server()
        return (server, try await server.makeDatabase(statements))
    }

    private let later = Deadline.after(.seconds(60))

    private struct Wish: Error {}

    @Test func `statements follow from each other, and are committed together`() async throws {
        let (server, database) = try await shared("CREATE TABLE t (a bigint, b text)")
        let transactions = transactions(server, database)
        let changed = try await transactions.run(.writing, by: later) { transaction in
            let first = try transaction.run("INSERT INTO t VALUES ($1, $2), ($1, NULL)", ["7", "?$1'\n\u{e9}"])
            let rows = try transaction.run("SELECT a, b FROM t ORDER BY b").rows
            let second = try transaction.run("UPDATE t SET a = $1 WHERE b IS NULL", [rows.first?[0]])
            return [first.affectedRows, rows.count, second.affectedRows]
        }
        #expect(changed == [2, 2, 1])
        let answer = try await transactions.run(.reading, by: later) { try $0.run("SELECT a, b FROM t ORDER BY b") }
        #expect(answer.columns.map(\.name) == ["a", "b"])
        #expect(answer.rows == [["7", "?$1'\n\u{e9}"], ["7", nil]])
    }

    @Test func `what a function does that throws is undone`() async throws {
        let (server, database) = try await shared("CREATE TABLE t (a bigint)")
        let transactions = transactions(server, database)
        await #expect(throws: Wish.self) {
            try await transactions.run(.writing, by: later) { transaction in
                _ = try transaction.run("INSERT INTO t VALUES (1)")
                throw Wish()
            }
        }
        #expect(try await server.sql("SELECT count(*) FROM t", database: database) == "0")
    }

    @Test func `after a statement that failed nothing is committed, whatever the function says`() async throws {
        let (server, database) = try await shared("CREATE TABLE t (a bigint PRIMARY KEY)")
        let transactions = transactions(server, database)
        await #expect {
            try await transactions.run(.writing, by: later) { transaction in
                _ = try transaction.run("INSERT INTO t VALUES (1)")
                _ = try? transaction.run("INSERT INTO t VALUES (1)")
                _ = try? transaction.run("INSERT INTO t VALUES (2)")
            }
        } throws: { error in
            (error as? PostgresError)?.sqlState == "23505"
        }
        #expect(try await server.sql("SELECT count(*) FROM t", database: database) == "0")
        let next = try await transactions.run(.writing, by: later) { try $0.run("INSERT INTO t VALUES (3)") }
        #expect(next.affectedRows == 1)
    }

    @Test func `a reading one sees one state, and writes nothing`() async throws {
        let (server, database) = try await shared("CREATE TABLE t (a bigint)")
        let transactions = transactions(server, database)
        let hasRead = AsyncStream.makeStream(of: Void.self)
        let hasWritten = DispatchSemaphore(value: 0)
        async let counts = transactions.run(.reading, by: later) { transaction in
            let first = try transaction.run("SELECT count(*) FROM t").rows
            hasRead.continuation.finish()
            hasWritten.wait()
            return [first, try transaction.run("SELECT count(*) FROM t").rows]
        }
        for await _ in hasRead.stream {}
        _ = try await transactions.run(.writing, by: later) { try $0.run("INSERT INTO t VALUES (1)") }
        hasWritten.signal()
        #expect(try await counts == [[["0"]], [["0"]]])
        await #expect {
            try await transactions.run(.reading, by: later) { try $0.run("INSERT INTO t VALUES (1)") }
        } throws: { error in
            (error as? PostgresError)?.sqlState == "25006"
        }
    }

    @Test func `writing ones of several programs come one after the other`() async throws {
        let (server, database) = try await shared("CREATE TABLE t (a bigint); INSERT INTO t VALUES (0)")
        let programs = [transactions(server, database), transactions(server, database)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try await programs[number % 2].run(.writing, by: later) { transaction in
                        let value = try transaction.run("SELECT a FROM t").rows.first?[0].flatMap(Int.init) ?? 0
                        _ = try transaction.run("UPDATE t SET a = $1", [String(value + 1)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await server.sql("SELECT a FROM t", database: database) == "40")
    }

    @Test func `one that stands still is ended by the server, and the next one writes`() async throws {
        let (server, database) = try await shared("CREATE TABLE t (a bigint)")
        let still = transactions(server, database, idleTime: .milliseconds(50))
        let other = transactions(server, database)
        let hasBegun = AsyncStream.makeStream(of: Void.self)
        let mayGoOn = DispatchSemaphore(value: 0)
        let standing = Task {
            try await still.run(.writing, by: later) { transaction in
                _ = try transaction.run("INSERT INTO t VALUES (1)")
                hasBegun.continuation.finish()
                mayGoOn.wait()
                _ = try transaction.run("INSERT INTO t VALUES (2)")
            }
        }
        for await _ in hasBegun.stream {}
        _ = try await other.run(.writing, by: later) { try $0.run("INSERT INTO t VALUES (3)") }
        mayGoOn.signal()
        await #expect(throws: PostgresError.self) { try await standing.value }
        #expect(try await server.sql("SELECT a FROM t", database: database) == "3")
        _ = try await still.run(.writing, by: later) { try $0.run("INSERT INTO t VALUES (4)") }
    }

    @Test(arguments: ["", "SET LOCAL statement_timeout = 0"])
    func `nobody waits longer than the deadline, whether the server keeps to it or not`(_ setting: String) async throws
    {
        let (server, database) = try await shared("")
        let transactions = transactions(server, database)
        await #expect {
            try await transactions.run(.reading, by: .after(.milliseconds(300))) { transaction in
                if !setting.isEmpty { _ = try transaction.run(setting) }
                _ = try transaction.run("SELECT pg_sleep(600)")
            }
        } throws: { error in
            let error = error as? PostgresError
            return setting.isEmpty ? error?.sqlState == "57014" : error?.kind == .timeout
        }
        let answer = try await transactions.run(.reading, by: later) { try $0.run("SELECT 1") }
        #expect(answer.rows == [["1"]])
    }

    @Test func `more than may wait are refused, and all that come after the end`() async throws {
        let (server, database) = try await shared("")
        let transactions = PostgresTransactions(
            PostgresParameters(
                host: "127.0.0.1",
                port: server.port,
                database: database,
                user: "postgres",
                encryption: .prefer
            ),
            label: "test",
            lock: 5,
            connections: 2,
            waiting: 0
        )
        let hasBegun = AsyncStream.makeStream(of: Void.self)
        let mayGoOn = DispatchSemaphore(value: 0)
        async let first: Void = transactions.run(.reading, by: later) { _ in
            hasBegun.continuation.finish()
            mayGoOn.wait()
        }
        for await _ in hasBegun.stream {}
        await #expect { try await transactions.run(.reading, by: later) { _ in } } throws: { error in
            (error as? PostgresError)?.kind == .busy
        }
        mayGoOn.signal()
        try await first
        transactions.close()
        await #expect(throws: PostgresError.self) { try await transactions.run(.reading, by: later) { _ in } }
    }

    @Test(arguments: [PostgresServer.StopMode.fast, .immediate])
    func `a server that was started again is found again by the first who asks`(
        _ mode: PostgresServer.StopMode
    ) async throws {
        let server = try await PostgresServer.start()
        let transactions = transactions(server, "postgres")
        _ = try await transactions.run(.writing, by: later) { try $0.run("CREATE TABLE t (a bigint)") }
        try await server.stop(mode)
        try await server.resume()
        let answer = try await transactions.run(.writing, by: later) { try $0.run("INSERT INTO t VALUES (1)") }
        #expect(answer.affectedRows == 1)
        try await server.stop(.fast)
        await #expect(throws: PostgresError.self) {
            try await transactions.run(.writing, by: later) { try $0.run("INSERT INTO t VALUES (2)") }
        }
    }
}
