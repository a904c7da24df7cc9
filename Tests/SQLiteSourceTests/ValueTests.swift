import GatewayCore
import JSON
import SQLiteSource
import Testing

struct ValueTests {
    @Test(arguments: [
        ("bigint", SQLColumnType.int), ("INTEGER", .int), ("smallint", .int), ("int(11)", .int),
        ("unsigned big int", .int), ("numeric(10,2)", .decimal), ("DECIMAL", .decimal), ("NUMBER(11,0)", .decimal),
        ("double precision", .double), ("REAL", .double), ("float", .double), ("boolean", .bool), ("bool", .bool),
        ("timestamp", .timestamp), ("timestamp with time zone", .timestamp), ("timestamptz", .timestamp),
        ("DATETIME", .timestamp), ("json", .json), ("JSONB", .json), ("blob", .bytes), ("bytea", .bytes),
        ("text", .text), ("varchar(40)", .text), ("date", .text), ("point", .text),
    ])
    func `declared types are known`(declaration: String, type: SQLColumnType) async throws {
        let rows = try await SampleDatabase("CREATE TABLE t (a \(declaration))").source().rows("SELECT a AS b FROM t")
        #expect(rows.columns == [SQLColumn(name: "b", type: type)])
        #expect(rows.rows == Array("[]".utf8))
        #expect(rows.count == 0)
    }

    @Test(arguments: [
        ("1", SQLColumnType.int), ("1.5", .double), ("'a'", .text), ("x'01'", .bytes), ("NULL", .text),
    ])
    func `an expression has the type of its value`(expression: String, type: SQLColumnType) async throws {
        let rows = try await SampleDatabase().source().rows("SELECT \(expression) AS e")
        #expect(rows.columns == [SQLColumn(name: "e", type: type)])
    }

    @Test func `the first value that is not null settles the type of an expression`() async throws {
        let rows = try await SampleDatabase().source()
            .rows("SELECT 1 AS n, NULL AS e UNION ALL SELECT 2, 2.5 UNION ALL SELECT 3, 'x' ORDER BY 1")
        #expect(rows.columns.map(\.type) == [.int, .double])
        #expect(String(decoding: rows.rows, as: UTF8.self) == #"[[1,null],[2,2.5],[3,"x"]]"#)
    }

    @Test(arguments: [
        ("'a' LIKE 'a'", 1), ("'a' LIKE 'A'", 0), ("'ab' LIKE 'A%'", 0), ("'é' LIKE 'É'", 0),
        ("'a_b' LIKE 'a!_b' ESCAPE '!'", 1), ("'axb' LIKE 'a!_b' ESCAPE '!'", 0), ("lower('AB') LIKE lower('Ab')", 1),
    ])
    func `patterns tell upper from lower case, as PostgreSQL's do`(expression: String, truth: Int) async throws {
        #expect(try await SampleDatabase().source().json("SELECT \(expression)") == "[[\(truth)]]")
    }

    @Test(arguments: [
        ("bigint", "-9223372036854775808", "-9223372036854775808"),
        ("bigint", "9007199254740993", "9007199254740993"),
        ("bigint", "'abc'", #""abc""#),
        ("bigint", "1.5", "1.5"),
        ("numeric", "12", #""12""#),
        ("numeric", "12.50", #""12.5""#),
        ("numeric", "1e15", #""1000000000000000""#),
        ("numeric", "9e999", "null"),
        ("text", "12", #""12""#),
        ("double", "3", "3"),
        ("double", "0.1", "0.1"),
        ("double", "9e999", "null"),
        ("double", "-9e999", "null"),
        ("boolean", "1", "true"),
        ("boolean", "0", "false"),
        ("boolean", "2", "2"),
        ("boolean", "'t'", "true"),
        ("boolean", "'FALSE'", "false"),
        ("boolean", "'maybe'", #""maybe""#),
        ("json", #"'{"a": [1, null]}'"#, #"{"a": [1, null]}"#),
        ("json", "'7'", "7"),
        ("json", "'{broken'", #""{broken""#),
        ("json", "''", #""""#),
        ("text", #"'{"a":1}'"#, #""{\"a\":1}""#),
        ("blob", "x'00FF10'", #""AP8Q""#),
        ("blob", "x''", #""""#),
        ("blob", "'text'", #""text""#),
        ("text", "x'01'", #""AQ==""#),
        ("text", #"'a"b' || char(10)"#, #""a\"b\n""#),
        ("text", "CAST(x'61FF62' AS TEXT)", "\"a\u{FFFD}b\""),
        ("text", "CAST(x'610062' AS TEXT)", #""a\u0000b""#),
        ("text", "NULL", "null"),
        ("timestamp", "NULL", "null"),
        ("timestamp", "1700000000", "1700000000"),
        ("timestamp", "'2026-11-21 05:10:00'", #""2026-11-21T05:10:00Z""#),
    ])
    func `values keep their meaning`(type: String, literal: String, expected: String) async throws {
        let database = try SampleDatabase("CREATE TABLE t (a \(type)); INSERT INTO t VALUES (\(literal))")
        #expect(try await database.source().json("SELECT a FROM t") == "[[\(expected)]]")
    }

    @Test(arguments: [(64, false), (65, true)])
    func `documents nested too deep cross as text`(depth: Int, isText: Bool) async throws {
        let document = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let database = try SampleDatabase("CREATE TABLE t (a json); INSERT INTO t VALUES ('\(document)')")
        let expected = isText ? "[[\"\(document)\"]]" : "[[\(document)]]"
        #expect(try await database.source().json("SELECT a FROM t") == expected)
    }

    @Test(arguments: [
        ("2026-11-21 05:10:00", "2026-11-21T05:10:00Z"),
        ("2026-11-21T05:10:00Z", "2026-11-21T05:10:00Z"),
        ("2026-11-21t05:10:00z", "2026-11-21T05:10:00Z"),
        ("2026-11-21 05:10:00.000000", "2026-11-21T05:10:00Z"),
        ("2026-11-21 05:10:00.120000", "2026-11-21T05:10:00.120000Z"),
        ("2026-11-21 05:10:00.5+00:00", "2026-11-21T05:10:00.5Z"),
        ("2026-11-21 05:10:00+00", "2026-11-21T05:10:00Z"),
        ("2026-11-21 05:10:00+0530", "2026-11-20T23:40:00Z"),
        ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("2024-03-01T00:00:00+00:01", "2024-02-29T23:59:00Z"),
        ("2100-02-28T23:59:59-00:01", "2100-03-01T00:00:59Z"),
        ("2026-11-21 05:10", "2026-11-21T05:10:00Z"),
        ("2026-11-21", "2026-11-21T00:00:00Z"),
    ])
    func `times become UTC`(text: String, expected: String) async throws {
        let database = try SampleDatabase("CREATE TABLE t (a timestamp); INSERT INTO t VALUES ('\(text)')")
        #expect(try await database.source().json("SELECT a FROM t") == "[[\"\(expected)\"]]")
    }

    @Test(arguments: [
        "yesterday", "", "2026-02-29 00:00:00", "2026-13-01 00:00:00", "2026-00-10", "2026-11-21 24:00:00",
        "2026-11-21 05:60:00", "2026-11-21 05:10:60", "2026-11-21 05:10:00.", "2026-11-21 05:10:00+", "2026-11-21x",
        "2026-11-21 05:10:00 UTC", "2026-11-21 05:10:00+24:00", "0000-01-01 00:00:00+00:01",
        "9999-12-31 23:59:59-00:01", "21-11-2026",
    ])
    func `what is no time is left as it is`(text: String) async throws {
        let database = try SampleDatabase("CREATE TABLE t (a timestamp); INSERT INTO t VALUES ('\(text)')")
        #expect(try await database.source().json("SELECT a FROM t") == "[[\"\(text)\"]]")
    }
}
