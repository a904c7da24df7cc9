import GatewayCore
import JSON
import PostgresServer
import PostgresSource
import TestSupport
import Testing

struct TraceCommentTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let comment = "/*traceparent='00-\(trace)-00f067aa0ba902b7-01'*/"
    /// What the server says it was sent, which is this statement.
    private static let question = "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()"

    /// Runs a statement in a trace that is recorded or not.
    private static func rows(
        _ statement: String,
        _ parameters: [JSONValue] = [],
        isSampled: Bool = true,
        on source: PostgresSource
    ) async throws(SourceError) -> String {
        let flags = isSampled ? "01" : "00"
        let query = SQLQuery(
            statement: statement,
            parameters: parameters,
            maximumRows: 100,
            maximumBytes: 1 << 20,
            deadline: .after(.seconds(60)),
            trace: TraceContext(traceParent: "00-\(trace)-00f067aa0ba902b7-\(flags)")
        )
        return String(decoding: try await source.query(query).rows, as: UTF8.self)
    }

    @Test func `the server sees the comment of a recorded trace`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let sent = "\(Self.question)\\n\(Self.comment)"
        #expect(try await Self.rows(Self.question, on: source) == "[[\"\(sent)\"]]")
    }

    @Test func `a trace nobody records leaves statements as they are`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        #expect(try await Self.rows(Self.question, isSampled: false, on: source) == "[[\"\(Self.question)\"]]")
    }

    @Test(arguments: [
        "SELECT 'kept'", "SELECT 'kept' -- to the end of the line", "SELECT 'kept';", "SELECT 'kept' /* once */",
        "SELECT 'kept'; -- and no more",
    ])
    func `whatever a statement ends in, the comment follows it`(statement: String) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        #expect(try await Self.rows(statement, on: source) == #"[["kept"]]"#)
    }

    @Test(arguments: [
        "SELECT 'open", "SELECT \"open", "SELECT /* open", "SELECT $$open", "SELECT '", "SELECT E'\\",
        "SELECT 1; SELECT 2",
    ])
    func `the comment completes no statement that is none`(statement: String) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        await #expect(
            performing: { try await Self.rows(statement, on: source) },
            throws: { error in
                (error as? SourceError)?.isRejected == true
            }
        )
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `traced statements take no place among the prepared ones`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let count = "SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements"
        #expect(try await source.json("SELECT $1::int", [1]) == "[[1]]")
        for number in 1..<100 {
            #expect(try await Self.rows("SELECT $1::int", [.integer(number)], on: source) == "[[\(number)]]")
            #expect(try await Self.rows("SELECT \(number)", on: source) == "[[\(number)]]")
        }
        #expect(try await source.json("SELECT $1::int", [2]) == "[[2]]")
        // The one that was run twice, and this one, which is being run.
        #expect(try await source.json(count).hasPrefix("[[2,"))
        let runs = "SELECT custom_plans FROM pg_prepared_statements WHERE statement = 'SELECT $1::int'"
        #expect(try await source.json(runs) == "[[2]]")
    }

    @Test(arguments: [[], [1, 2]] as [[JSONValue]])
    func `a wrong number of parameters is told as ever`(parameters: [JSONValue]) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let message =
            parameters.isEmpty
            ? "The statement uses $1, but 0 parameters are given."
            : "2 parameters are given, but the statement does not use $2."
        await #expect(throws: SourceError.invalid(message)) {
            try await Self.rows("SELECT $1::int", parameters, on: source)
        }
    }

    @Test func `a traced statement too long to be described runs too`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let long = "SELECT $1::int /* \(String(repeating: "x", count: 40_000)) */"
        for number in 1...2 {
            #expect(try await Self.rows(long, [.integer(number)], on: source) == "[[\(number)]]")
        }
        #expect(try await source.json("SELECT count(*) FROM pg_prepared_statements") == "[[1]]")
    }

    @Test func `the server's log shows the comment`() async throws {
        let server = try await PostgresServer.start("log_min_duration_statement=0", "log_min_messages=log")
        let source = server.source(connections: 1)
        _ = try await Self.rows("SELECT 'told'", on: source)
        try await Polling.wait(for: "the comment in the log") { server.log.contains(Self.comment) ? () : nil }
        #expect(!server.log.contains("*/*/"))
    }
}
