import Foundation
import GRDB
import SampleData
import TestSupport
import Testing

@Suite struct SampleFilesTests {
    /// A folder that is removed when the test is over.
    final class Folder: Sendable {
        let path: String

        init() throws {
            path = try RunFolder.current.subfolder("sample-files")
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Both files, read through one connection as the gateway would.
    static func open(_ folder: Folder) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { database in
            let path = "\(folder.path)/\(SampleFiles.pandaName)"
            try database.execute(sql: "ATTACH DATABASE ? AS doma_panda", arguments: [path])
        }
        return try DatabaseQueue(path: "\(folder.path)/\(SampleFiles.monitorName)", configuration: configuration)
    }

    @Test func `both files hold every table and every row`() throws {
        let folder = try Folder()
        let database = SampleDatabaseTests.database
        try SampleFiles.write(database, to: folder.path)
        let queue = try Self.open(folder)
        try queue.read { connection in
            for table in database.tables {
                let schema = table.definition.schema.rawValue
                let count = try Int.fetchOne(connection, sql: "SELECT count(*) FROM \(schema).\(table.name)")
                #expect(count == table.rows.count, "\(table.name)")
                let columns = try Row.fetchAll(connection, sql: "PRAGMA \(schema).table_info(\(table.name))")
                #expect(columns.map { $0["name"] as String } == table.definition.columns.map(\.name))
                // SQLite gives back `integer` and `text` in capitals.
                let types = columns.map { ($0["type"] as String).lowercased() }
                #expect(types == table.definition.columns.map(\.type))
            }
            #expect(try String.fetchOne(connection, sql: "PRAGMA main.journal_mode") == "delete")
            #expect(try String.fetchOne(connection, sql: "PRAGMA doma_panda.integrity_check") == "ok")
        }
    }

    @Test func `times are text of fixed width, truth values 0 and 1, defaults as declared`() throws {
        let folder = try Folder()
        try SampleFiles.write(SampleDatabaseTests.database, to: folder.path)
        try Self.open(folder).read { connection in
            let now = SampleDatabaseTests.clock.now
            let agent = try #require(
                try Row.fetchOne(
                    connection,
                    sql: "SELECT last_heartbeat, workflow_enabled FROM swf_systemagent WHERE instance_name = ?",
                    arguments: [EdgeCases.agentFresh]
                )
            )
            #expect(agent["last_heartbeat"] == now.adding(seconds: -12).zonedText)
            #expect(agent["workflow_enabled"] == 1)
            let job = try #require(
                try Row.fetchOne(
                    connection,
                    sql: "SELECT * FROM doma_panda.jobsarchived4 WHERE pandaid = ?",
                    arguments: [EdgeCases.jobWithEpochStart]
                )
            )
            #expect(job["starttime"] == "1970-01-01 00:00:00")
            #expect(job["proddbupdatetime"] == "1970-01-01 00:00:00")
            #expect(job["relocationflag"] == 0)
            let lengths = try Int.fetchAll(
                connection,
                sql: "SELECT DISTINCT length(modificationtime) FROM doma_panda.jobsarchived4"
            )
            #expect(lengths == [19])
            let zoned = try Int.fetchAll(connection, sql: "SELECT DISTINCT length(sent_at) FROM swf_workflow_messages")
            #expect(zoned == [32])
        }
    }

    @Test func `a text without zone compares with times of both kinds`() throws {
        let folder = try Folder()
        try SampleFiles.write(SampleDatabaseTests.database, to: folder.path)
        let limit = SampleDatabaseTests.clock.ago(days: 1).zonelessText
        try Self.open(folder).read { connection in
            let logs = try Int.fetchOne(
                connection,
                sql: "SELECT count(*) FROM swf_applog WHERE \"timestamp\" >= ?",
                arguments: [limit]
            )
            #expect(logs == 5002)
            let jobs = try Int.fetchOne(
                connection,
                sql: "SELECT count(*) FROM doma_panda.jobsarchived4 WHERE modificationtime >= ?",
                arguments: [limit]
            )
            #expect(try #require(jobs) > 60)
        }
    }

    @Test func `writing twice gives the same bytes and leaves nothing else behind`() throws {
        let folder = try Folder()
        let database = SampleDatabase(seed: 7, clock: SampleDatabaseTests.clock, jobCount: 100, taskCount: 20)
        func contents() throws -> [Data] {
            try SampleFiles.write(database, to: folder.path)
            return try [SampleFiles.monitorName, SampleFiles.pandaName].map {
                try Data(contentsOf: URL(filePath: "\(folder.path)/\($0)"))
            }
        }
        #expect(try contents() == contents())
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == [SampleFiles.pandaName, SampleFiles.monitorName].sorted())
    }

    @Test func `a folder that cannot be made is an error`() {
        #expect(throws: SampleFileError.folderNotWritable("/dev/null/sample")) {
            try SampleFiles.write(SampleDatabaseTests.database, to: "/dev/null/sample")
        }
    }
}
