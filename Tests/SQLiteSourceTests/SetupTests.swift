import Foundation
import GatewayCore
import JSON
import SQLiteSource
import Testing

struct SetupTests {
    @Test func `a missing file and a directory are told`() throws {
        let database = try SampleDatabase()
        for path in [database.path(of: "none.db"), database.directory.path, ":memory:"] {
            #expect(throws: SQLiteSetupError.missingFile(path: path)) {
                try SQLiteSource(name: "sample", path: path)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: database.path(of: "none.db")))
    }

    @Test func `a file that is no database is told, also an attached one`() throws {
        let database = try SampleDatabase()
        let picture = database.path(of: "picture.db")
        try Data(repeating: 0x41, count: 4096).write(to: URL(filePath: picture))
        #expect(throws: SQLiteSetupError.notDatabase(path: picture)) {
            try SQLiteSource(name: "sample", path: picture)
        }
        #expect(throws: SQLiteSetupError.notDatabase(path: picture)) {
            try database.source(attached: [("doma", picture)])
        }
        let missing = database.path(of: "none.db")
        #expect(throws: SQLiteSetupError.missingFile(path: missing)) {
            try database.source(attached: [("doma", missing)])
        }
    }

    @Test(arguments: ["", "main", "TEMP", "a b", "a\"b", "1a", "é", "doma"])
    func `schema names are plain, not reserved and not repeated`(name: String) throws {
        let database = try SampleDatabase()
        #expect(throws: SQLiteSetupError.invalidSchemaName(name)) {
            try database.source(attached: [("Doma", database.path), (name, database.path)])
        }
    }

    @Test func `ten schemas are attached, eleven are not`() throws {
        let database = try SampleDatabase()
        let files = (0..<11).map { (schema: "s\($0)", path: database.path) }
        _ = try database.source(attached: Array(files.prefix(10)), readers: 1)
        #expect(throws: SQLiteSetupError.tooManySchemas(11)) { try database.source(attached: files) }
    }

    @Test func `an attached file is a schema, and read only`() async throws {
        let database = try SampleDatabase()
        try database.write("CREATE TABLE jobs (id BIGINT); INSERT INTO jobs VALUES (5)", to: "doma.db")
        let source = try database.source(attached: [("doma_panda", database.path(of: "doma.db"))])
        #expect(try await source.json("SELECT id FROM doma_panda.jobs") == "[[5]]")
        await #expect(throws: SourceError.self) { try await source.rows("DELETE FROM doma_panda.jobs") }
    }

    @Test func `a file in WAL mode can be read`() async throws {
        let database = try SampleDatabase()
        try database.write("PRAGMA journal_mode = WAL; CREATE TABLE t (a)", to: "wal.db")
        let source = try SQLiteSource(name: "sample", path: database.path(of: "wal.db"))
        #expect(try await source.json("SELECT count(*) FROM t") == "[[0]]")
    }

    @Test func `setup errors name the file and what to do`() {
        let errors: [SQLiteSetupError] = [
            .missingFile(path: "/a"), .unreadableFile(path: "/a"), .notDatabase(path: "/a"),
            .failed(path: "/a", detail: "x"),
        ]
        for error in errors {
            #expect(error.description.contains("/a"))
        }
        #expect(SQLiteSetupError.invalidSchemaName("main").description.contains("main"))
        #expect(SQLiteSetupError.tooManySchemas(11).description.contains("11"))
    }

    @Test func `after closing nothing is answered`() async throws {
        let source = try SampleDatabase().source()
        await source.close()
        await #expect(throws: SourceError.unavailable(detail: "the source is closed")) {
            try await source.rows("SELECT 1")
        }
    }

    @Test func `requests are not for this kind of source`() async throws {
        let source = try SampleDatabase().source()
        #expect(source.kind == .sql)
        await #expect(throws: SourceError.unsupported) {
            try await source.request(SourceRequest(path: "/", maximumBytes: 1, deadline: .after(.seconds(1))))
        }
    }
}
