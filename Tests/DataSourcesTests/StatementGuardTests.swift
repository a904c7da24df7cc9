import DataSources
import GatewayCore
import JSON
import Testing

/// The guard as plugins meet it: through `source.query`.
struct StatementGuardTests {
    private static func answer(to statement: String) async -> (status: PluginStatus, body: String) {
        let desk = ServiceDesk(["panda": FakeSource(rows: .success(.numbers("[]", count: 0)))])
        let body = JSONValue.object(
            JSONObject(members: [
                .init(name: "source", value: "panda"), .init(name: "sql", value: .string(statement)),
            ])
        )
        return await desk.ask("source.query", String(decoding: body.serialized, as: UTF8.self))
    }

    @Test(arguments: [
        "SELECT 1",
        "  select 1 ;  ",
        ";SELECT 1;; -- end",
        "/* a /* nested */ comment */ SELECT 1",
        "-- first\nSELECT 1",
        "VALUES (1), (2)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "WITH RECURSIVE x(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM x) SELECT n FROM x",
        "(SELECT 1) UNION (SELECT 2)",
        "((SELECT 1))",
        "SELECT ';DELETE FROM t'",
        "SELECT 'it''s; BEGIN'",
        "SELECT \"a;b\" FROM \"delete\"",
        "SELECT \"a\"\";b\" FROM t",
        "SELECT $$; DELETE FROM t$$",
        "SELECT $body$ $$ ; ' $body$",
        "SELECT $1, $2 FROM t WHERE a = $1",
        "SELECT E'\\'; DELETE FROM t'",
        "SELECT '\\' -- it''s",
        "SELECT a FROM t -- ; DELETE FROM t",
        "SELECT a /* ; DELETE */ FROM t",
        "SELECT updated, deleted, into_date, inserted FROM t WHERE delete_flag",
        "SELECT update FROM t",
        "SELECT replace(a, 'x', 'y') FROM t",
        "SELECT substring(a FROM 1 FOR 3) FROM t",
        "SELECT foo$bar$ FROM t",
        "SELECT 1e5, 0x1F, 1.5",
        "SELECT a - -b, c / d FROM t",
        "SELECT ünï FROM täble",
    ])
    func `reading passes`(statement: String) async {
        let answer = await Self.answer(to: statement)
        #expect(answer.status == .ok, "\(answer.body)")
    }

    @Test(arguments: [
        "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a", "SET role admin", "RESET ALL", "PRAGMA user_version",
        "ATTACH 'x' AS y", "DETACH y", "VACUUM", "COPY t TO STDOUT", "DO $$ BEGIN END $$", "CALL f()", "LISTEN c",
        "NOTIFY c", "EXPLAIN SELECT 1", "SHOW ALL", "TABLE t", "INSERT INTO t VALUES (1)", "UPDATE t SET a = 1",
        "DELETE FROM t", "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", "TRUNCATE t",
        "CREATE TABLE t (a int)",
        "DROP TABLE t", "ALTER TABLE t ADD b int", "GRANT ALL ON t TO u", "PREPARE p AS SELECT 1", "EXECUTE p",
        "LOCK t", "DECLARE c CURSOR FOR SELECT 1", "/* x */ delete from t", "(DELETE FROM t)", "1", "'a'", "(", "(;",
        "SELECT a INTO b FROM t", "select a into temp b from t",
        "SELECT * FROM t FOR UPDATE", "SELECT * FROM t FOR NO KEY UPDATE", "SELECT * FROM t FOR SHARE",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "WITH x AS MATERIALIZED (UPDATE t SET a = 1 RETURNING *) SELECT * FROM x",
        "WITH x AS (/* c */ -- d\n insert into t values (1) returning *) SELECT 1",
        "WITH x AS (SELECT 1) DELETE FROM t",
        "WITH x AS (WITH y AS (SELECT 1) DELETE FROM t RETURNING *) SELECT 1",
        "WITH x AS (MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE RETURNING *) SELECT 1",
    ])
    func `anything else is refused`(statement: String) async {
        let answer = await Self.answer(to: statement)
        #expect(answer.status == .invalidArgument)
        #expect(answer.body.contains("can only be read"))
    }

    @Test(arguments: [
        "SELECT 1; SELECT 2", "SELECT 1; DELETE FROM t", "SELECT 1;/* */x", "SELECT $1; COMMIT", "SELECT 'a';'b'",
        "SELECT E'\\\\'; DELETE FROM t --'", "SELECT '\\'; DELETE FROM t --'", "SELECT $$a$$; SELECT $$b$$",
        "SELECT a$$b; DELETE FROM t -- $$",
    ])
    func `a second statement is refused`(statement: String) async {
        let answer = await Self.answer(to: statement)
        #expect(answer.status == .invalidArgument)
        #expect(answer.body == #"{"message":"Send one statement per query."}"#)
    }

    @Test(arguments: [
        "SELECT 'a", "SELECT \"a", "SELECT /* a", "SELECT /* /* */ 1", "SELECT $$a$", "SELECT $a$ $b$", "SELECT E'\\'",
        "SELECT E'\\",
    ])
    func `what does not end is refused`(statement: String) async {
        let answer = await Self.answer(to: statement)
        #expect(answer.status == .invalidArgument)
        #expect(answer.body.contains("does not end"))
    }

    @Test(arguments: ["", "   ", ";", " ; ; ", "-- only a comment", "/* only a comment */"])
    func `an empty statement is refused`(statement: String) async {
        let answer = await Self.answer(to: statement)
        #expect(answer.status == .invalidArgument)
        #expect(answer.body == #"{"message":"The statement is empty."}"#)
    }

    @Test func `a NUL character is refused, also in a comment`() async {
        let answer = await Self.answer(to: "SELECT 1 /* \0 */")
        #expect(answer.status == .invalidArgument)
        #expect(answer.body == #"{"message":"The statement contains a NUL character."}"#)
    }
}
