import Foundation
import GatewayCore
import JSON
import SQLiteSource
import Testing

struct ReadOnlyTests {
    @Test(arguments: [
        "INSERT INTO jobs VALUES (2, 'x')",
        "UPDATE jobs SET status = 'x'",
        "DELETE FROM jobs",
        "REPLACE INTO jobs VALUES (1, 'x')",
        "WITH x AS (SELECT 1) DELETE FROM jobs",
        "UPDATE sqlite_master SET sql = 'x'",
        "DELETE FROM sqlite_master",
        "CREATE TABLE other (id)",
        "CREATE TEMP TABLE other (id)",
        "CREATE TEMP VIEW other AS SELECT 1",
        "DROP TABLE jobs",
        "ALTER TABLE jobs ADD COLUMN more",
        "PRAGMA user_version",
        "PRAGMA query_only = 0",
        "PRAGMA data_version = 3",
        "SELECT * FROM pragma_table_info('jobs')",
        "ATTACH DATABASE ':memory:' AS other",
        "DETACH DATABASE main",
        "VACUUM",
        "VACUUM INTO '/tmp/sqlite-source-copy.db'",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT a",
        "ANALYZE",
        "REINDEX",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT sqlite_compileoption_get(1)",
        "SELECT randomblob(4)",
    ])
    func `nothing but reading goes through`(statement: String) async throws {
        let database = try SampleDatabase("CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT)")
        try database.write("INSERT INTO jobs VALUES (1, 'done')")
        let source = try database.source(readers: 1)
        await #expect(throws: SourceError.self) { try await source.rows(statement) }
        #expect(try await source.json("SELECT * FROM jobs") == #"[[1,"done"]]"#)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/sqlite-source-copy.db"))
    }

    @Test(arguments: ["DELETE FROM jobs", "BEGIN", "PRAGMA user_version"])
    func `what is refused by rule is told in our words`(statement: String) async throws {
        let source = try SampleDatabase().source()
        let expected = SourceError.invalid(
            "This source can only be read: one SELECT statement, without PRAGMA or ATTACH."
        )
        await #expect(throws: expected) { try await source.rows(statement) }
    }

    @Test(arguments: [
        "SELECT count(*), max(id), group_concat(status, ',') FROM jobs",
        "SELECT coalesce(status, '') || upper('a') FROM jobs WHERE status LIKE 'd%' OR status GLOB 'x*'",
        "SELECT row_number() OVER (ORDER BY id), lag(id) OVER (ORDER BY id) FROM jobs",
        "SELECT strftime('%Y', '2026-01-01'), datetime('2026-01-01'), julianday('now')",
        "SELECT json_extract('{\"a\":1}', '$.a'), '{\"a\":1}' ->> '$.a'",
        "SELECT value FROM json_each('[1,2]')",
        "SELECT CAST(round(avg(id), 2) AS TEXT) FROM jobs GROUP BY status HAVING count(*) > 0",
        "SELECT rowid FROM notes WHERE notes MATCH 'beam' ORDER BY rank",
        "SELECT name FROM sqlite_master",
        "SELECT * FROM recent",
        "VALUES (1), (2)",
    ])
    func `usual reading statements work`(statement: String) async throws {
        let database = try SampleDatabase()
        try database.write("INSERT INTO jobs VALUES (1, 'done')")
        try database.write("CREATE VIRTUAL TABLE notes USING fts5(body); INSERT INTO notes VALUES ('beam line')")
        try database.write("CREATE VIEW recent AS SELECT id FROM jobs")
        let rows = try await database.source().rows(statement)
        #expect(rows.count >= 1)
    }

    @Test(arguments: [
        "SELECT 1; SELECT 2",
        "SELECT 1; DELETE FROM jobs",
        "SELECT 1; nonsense",
        "SELECT 1 /* ; */ ; /* */ VALUES (2)",
    ])
    func `a second statement is refused`(statement: String) async throws {
        let source = try SampleDatabase().source()
        await #expect(throws: SourceError.invalid("Send one statement per query.")) {
            try await source.rows(statement)
        }
    }

    @Test(arguments: ["SELECT 1;", "SELECT 1 ; -- end", "SELECT 1;;\n/* end */ ; ", "/* first */ SELECT 1"])
    func `comments and semicolons may follow`(statement: String) async throws {
        #expect(try await SampleDatabase().source().json(statement) == "[[1]]")
    }

    @Test(arguments: ["", "  \n", ";", "-- nothing"])
    func `an empty statement is refused`(statement: String) async throws {
        let source = try SampleDatabase().source()
        await #expect(throws: SourceError.invalid("The statement is empty.")) { try await source.rows(statement) }
    }

    @Test func `a NUL character is refused`() async throws {
        let source = try SampleDatabase().source()
        await #expect(throws: SourceError.invalid("The statement contains a NUL character.")) {
            try await source.rows("SELECT 1\0; DELETE FROM jobs")
        }
    }

    @Test func `an unknown table and a syntax error are rejections for the operator`() async throws {
        let source = try SampleDatabase().source()
        for statement in ["SELECT * FROM nowhere", "SELEC 1"] {
            guard case .rejected = await source.failure(statement) else {
                Issue.record("\(statement) was not rejected")
                continue
            }
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `changes by another program are seen, also of the schema`() async throws {
        let database = try SampleDatabase()
        let source = try database.source(readers: 1)
        #expect(try await source.json("SELECT * FROM jobs") == "[]")
        try database.write("INSERT INTO jobs VALUES (7, 'new')")
        #expect(try await source.json("SELECT * FROM jobs") == #"[[7,"new"]]"#)
        try database.write("ALTER TABLE jobs ADD COLUMN done boolean; UPDATE jobs SET done = 1")
        let rows = try await source.rows("SELECT * FROM jobs")
        #expect(String(decoding: rows.rows, as: UTF8.self) == #"[[7,"new",true]]"#)
        #expect(rows.columns.map(\.type) == [.int, .text, .bool])
    }
}
