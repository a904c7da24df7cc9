import PostgresClient
import GatewayCore
import JSON
import PostgresServer
import Testing

struct ValueTests {
    @Test(
        arguments: [
            ("42::smallint", .int, "42"), ("(-2147483648)::integer", .int, "-2147483648"),
            ("9223372036854775807::bigint", .int, "9223372036854775807"), ("7::oid", .int, "7"),
            ("0.1::real", .double, "0.1"), ("0.1::double precision", .double, "0.1"),
            ("1e300::float8", .double, "1e+300"), ("'NaN'::float8", .double, "null"),
            ("'-Infinity'::float8", .double, "null"), ("12.50::numeric(10,2)", .decimal, #""12.50""#),
            ("12345678901234567890.123456789::numeric", .decimal, #""12345678901234567890.123456789""#),
            ("'NaN'::numeric", .decimal, #""NaN""#), ("true", .bool, "true"), ("false", .bool, "false"),
            ("'a\"b' || chr(10)", .text, #""a\"b\n""#), ("'Grüße 😀'::varchar(20)", .text, #""Grüße 😀""#),
            ("'x'::char(3)", .text, #""x  ""#), ("''", .text, #""""#), ("NULL::integer", .int, "null"),
            ("NULL", .text, "null"), (#"'{"a": [1, null]}'::json"#, .json, #"{"a": [1, null]}"#),
            (#"'{"b":1, "a":2}'::jsonb"#, .json, #"{"a": 2, "b": 1}"#), ("'null'::jsonb", .json, "null"),
            (#"'"\ud800"'::json"#, .json, #""\"\\ud800\"""#), (#"'\x00ff10'::bytea"#, .bytes, #""AP8Q""#),
            ("''::bytea", .bytes, #""""#), ("ARRAY[1,2]", .text, #""{1,2}""#),
            ("to_json(ARRAY[1,2])", .json, "[1,2]"), ("'2026-11-21'::date", .text, #""2026-11-21""#),
            ("'05:10'::time", .text, #""05:10:00""#), ("'1 day 2 hours'::interval", .text, #""P1DT2H""#),
            (
                "'6ecd8c99-4036-403d-bf84-cf8400f67836'::uuid", .text, #""6ecd8c99-4036-403d-bf84-cf8400f67836""#
            ),
        ] as [(String, SQLColumnType, String)]
    )
    func `values keep their meaning`(expression: String, type: SQLColumnType, expected: String) async throws {
        let rows = try await SharedPostgresServer.server().source().rows("SELECT \(expression) AS e")
        #expect(rows.columns == [SQLColumn(name: "e", type: type)])
        #expect(String(decoding: rows.rows, as: UTF8.self) == "[[\(expected)]]")
    }

    @Test(arguments: [
        ("'2026-11-21 05:10:00'::timestamp", "2026-11-21T05:10:00Z"),
        ("'2026-11-21 05:10:00.120000'::timestamp", "2026-11-21T05:10:00.12Z"),
        ("'2026-11-21 05:10:00.000001'::timestamp", "2026-11-21T05:10:00.000001Z"),
        ("'2026-11-21 05:10:00'::timestamptz", "2026-11-21T05:10:00Z"),
        ("'2026-11-21 05:10:00-05'::timestamptz", "2026-11-21T10:10:00Z"),
        ("'2026-07-01 00:30:00.5+02'::timestamptz", "2026-06-30T22:30:00.5Z"),
        ("'0001-01-01'::timestamp", "0001-01-01T00:00:00Z"),
        ("'infinity'::timestamp", "infinity"),
        ("'-infinity'::timestamptz", "-infinity"),
        ("'0044-03-15 BC'::timestamp", "0044-03-15 00:00:00 BC"),
        ("'10000-01-01'::timestamp", "10000-01-01 00:00:00"),
    ])
    func `times become UTC, on a server in New York`(expression: String, expected: String) async throws {
        let source = try await SharedPostgresServer.server().source()
        let rows = try await source.rows("SELECT \(expression) AS e")
        #expect(rows.columns.map(\.type) == [.timestamp])
        #expect(String(decoding: rows.rows, as: UTF8.self) == "[[\"\(expected)\"]]")
    }

    @Test func `the server, the database and the role in New York change nothing`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase("CREATE TABLE t (a timestamptz, b timestamp)")
        _ = try await server.sql("ALTER DATABASE \(database) SET timezone = 'America/New_York'")
        _ = try await server.sql(
            "INSERT INTO t VALUES ('2026-11-21 00:00:00', '2026-11-21 00:00:00')",
            database: database
        )
        #expect(try await server.sql("SELECT a FROM t", database: database) == "2026-11-21 00:00:00-05")
        let source = server.source(database: database)
        #expect(try await source.json("SELECT a, b FROM t") == #"[["2026-11-21T05:00:00Z","2026-11-21T00:00:00Z"]]"#)
        #expect(try await source.json("SELECT count(*) FROM t WHERE a < '2026-11-21 05:00:01'") == "[[1]]")
        #expect(try await source.json("SELECT current_setting('TimeZone')") == #"[["UTC"]]"#)
    }

    @Test(arguments: [(64, false), (65, true)])
    func `documents nested too deep cross as text`(depth: Int, isText: Bool) async throws {
        let document = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let expected = isText ? "[[\"\(document)\"]]" : "[[\(document)]]"
        #expect(try await SharedPostgresServer.server().source().json("SELECT '\(document)'::json") == expected)
    }

    @Test func `a result without rows has columns, and names may repeat`() async throws {
        let rows = try await SharedPostgresServer.server().source()
            .rows("SELECT 1 AS a, 'x' AS a, 1.5 AS c WHERE false")
        #expect(rows.columns.map(\.name) == ["a", "a", "c"])
        #expect(rows.columns.map(\.type) == [.int, .text, .decimal])
        #expect(rows.rows == Array("[]".utf8))
        #expect(rows.count == 0)
        #expect(!rows.isTruncated)
    }

    @Test func `schemas are searched in the order given`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase(
            #"CREATE SCHEMA "odd ""name\"; CREATE TABLE "odd ""name\".t AS SELECT 1 AS n; CREATE TABLE t AS SELECT 2 AS n"#
        )
        let source = server.source(database: database) { $0.searchPath = ["odd \"name\\", "public"] }
        #expect(try await source.json("SELECT n FROM t") == "[[1]]")
        #expect(try await server.source(database: database).json("SELECT n FROM t") == "[[2]]")
    }
}
