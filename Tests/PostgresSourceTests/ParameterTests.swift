import PostgresClient
import GatewayCore
import JSON
import PostgresServer
import Testing

struct ParameterTests {
    @Test(
        arguments: [
            ("SELECT $1", ["a"], #"[["a"]]"#),
            ("SELECT $2, $1", ["a", "b"], #"[["b","a"]]"#),
            ("SELECT $1::text, $1", ["a"], #"[["a","a"]]"#),
            ("SELECT '$1', $1 + 0 -- $2", [1], #"[["$1",1]]"#),
            ("SELECT $1::int, $2::bool, $3::bool, $4::float8", [nil, true, false, 1.5], "[[null,true,false,1.5]]"),
            ("SELECT $1::bigint", [9_223_372_036_854_775_807], "[[9223372036854775807]]"),
            ("SELECT $1 + 1", [.double(3)], "[[4]]"),
            (
                "SELECT $1::numeric", [.decimal("123456789012345678901234567890")],
                #"[["123456789012345678901234567890"]]"#
            ),
            ("SELECT $1", [""], #"[[""]]"#),
            ("SELECT $1", ["a'; DROP TABLE jobs; --"], #"[["a'; DROP TABLE jobs; --"]]"#),
            ("SELECT $1", ["Grüße 😀"], #"[["Grüße 😀"]]"#),
            ("SELECT $1::timestamp", ["2026-11-21T05:10:00Z"], #"[["2026-11-21T05:10:00Z"]]"#),
            ("SELECT count(*) FROM generate_series(1, 10) AS n WHERE n < $1", [5], "[[4]]"),
            ("SELECT 1", [], "[[1]]"),
        ] as [(String, [JSONValue], String)]
    )
    func `parameters go by their number`(statement: String, parameters: [JSONValue], expected: String) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        #expect(try await source.json(statement, parameters) == expected)
        // Once more, prepared.
        #expect(try await source.json(statement, parameters) == expected)
    }

    @Test(
        arguments: [
            ("SELECT $1", [], "The statement uses $1, but 0 parameters are given."),
            ("SELECT $1::int, $2::int, $3::int", [1, 2], "The statement uses $3, but 2 parameters are given."),
            ("SELECT 1", [1], "1 parameters are given, but the statement does not use $1."),
            ("SELECT $1", [[1]], "Parameter $1 must be null, a bool, a number or a string."),
            ("SELECT $1, $2", [1, ["a": 1]], "Parameter $2 must be null, a bool, a number or a string."),
            ("SELECT $1", ["a\u{0}b"], "Parameter $1 contains a NUL character."),
            ("SELECT 1\u{0}", [], "The statement contains a NUL character."),
            ("", [], "The statement is empty."),
            ("-- nothing", [], "The statement is empty."),
        ] as [(String, [JSONValue], String)]
    )
    func `a mismatch is told`(statement: String, parameters: [JSONValue], message: String) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        for _ in 0..<2 {
            #expect(await source.failure(statement, parameters) == .invalid(message))
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test(arguments: [6_000, 7_498, 7_499, 65_535])
    func `as many parameters as the protocol can count`(count: Int) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        let statement = Self.count(of: count)
        for _ in 0..<2 {
            let parameters = Array(repeating: JSONValue.integer(1), count: count)
            #expect(try await source.json(statement, parameters) == "[[\(count)]]")
        }
    }

    @Test func `one parameter more is refused`() async throws {
        let source = try await SharedPostgresServer.server().source()
        let parameters = Array(repeating: JSONValue.integer(1), count: 65_536)
        #expect(
            await source.failure(Self.count(of: 65_536), parameters)
                == .invalid("65536 parameters are given; at most 65535 are possible.")
        )
    }

    @Test func `a mismatch in a statement too long to be asked about is told in the server's words`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        for _ in 0..<2 {
            let told = "bind message supplies 1 parameters, but prepared statement \"s1\" requires 9000"
            let failure = await source.failure(Self.count(of: 9000), [1])
            #expect(failure == .rejected(detail: "PostgreSQL 08P01: \(told)"))
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    private static func count(of parameters: Int) -> String {
        "SELECT cardinality(ARRAY[\((1...parameters).map { "$\($0)::int" }.joined(separator: ","))])"
    }

    @Test(arguments: [
        ("SELEC 1", "PostgreSQL 42601: syntax error at or near \"SELEC\" (at character 1)"),
        ("SELECT 1; SELECT 2", "PostgreSQL 42601: cannot insert multiple commands into a prepared statement"),
        ("SELECT * FROM nowhere", "PostgreSQL 42P01: relation \"nowhere\" does not exist (at character 15)"),
        ("SELECT 1/0", "PostgreSQL 22012: division by zero"),
        ("SELECT 'x'::int", "PostgreSQL 22P02: invalid input syntax for type integer: \"x\" (at character 8)"),
        ("COPY (SELECT 1) TO STDOUT", "PostgreSQL: COPY is not supported"),
    ])
    func `what the server refuses is rejected with its words`(statement: String, detail: String) async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        for _ in 0..<2 {
            #expect(await source.failure(statement) == .rejected(detail: detail))
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }
}
