internal import FoundationEssentials
internal import GRDB

/// Writes the sample as two SQLite files.
///
/// The monitor's tables go to ``monitorName``; PanDA's to ``pandaName``, which is meant to be attached to a connection
/// as schema `doma_panda`. Columns keep the types they have in PostgreSQL, so that a reader can tell a timestamp from
/// a text. A timestamp without zone is the text `2026-11-21 05:28:23`, in UTC; one with a zone is
/// `2026-11-21 05:28:23.000000+00:00`. Both have a fixed width and sort by time, and a text of the first form compares
/// with either. Truth values are 0 and 1; JSON documents, UUIDs, dates and addresses are text.
package enum SampleFiles {
    package static let monitorName = "swf.sqlite"
    package static let pandaName = "doma_panda.sqlite"

    /// Writes both files into the folder, which is made when it is missing.
    ///
    /// A file that is there already is replaced
    /// in one step, so that a reader sees the old rows or the new ones.
    package static func write(_ database: SampleDatabase, to folder: String) throws(SampleFileError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .folderNotWritable(folder)
        }
        try write(database, schema: .monitor, to: folder, name: monitorName)
        try write(database, schema: .domaPanda, to: folder, name: pandaName)
    }

    private static func write(
        _ database: SampleDatabase,
        schema: SampleSchemaName,
        to folder: String,
        name: String
    ) throws(SampleFileError) {
        let draft = "\(folder)/.\(name).\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        do {
            try fill(draft, with: database.tables.filter { $0.definition.schema == schema })
            // Written to a neighbour and renamed over the name.
            try Data(contentsOf: URL(filePath: draft)).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
        } catch {
            throw .fileNotWritten(name, String(describing: error))
        }
    }

    private static func fill(_ path: String, with tables: [SampleTable]) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            // The file is a draft: nothing is lost with it.
            try database.execute(sql: "PRAGMA journal_mode = OFF")
            try database.execute(sql: "PRAGMA synchronous = OFF")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { database in
            for table in tables {
                try database.execute(sql: SampleSQL.creation(of: table.definition))
                try insert(table, into: database)
                for statement in SampleSQL.indexes(of: table.definition) { try database.execute(sql: statement) }
            }
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }

    private static func insert(_ table: SampleTable, into database: Database) throws {
        guard !table.rows.isEmpty else { return }
        let statement = try database.makeStatement(sql: SampleSQL.insertion(into: table))
        let isZoned = table.columns.map { table.definition.column($0)?.type == "timestamptz" }
        for row in table.rows {
            let values = row.indices.map { databaseValue(of: row[$0], isZoned: isZoned[$0]) }
            try statement.execute(arguments: StatementArguments(values))
        }
    }

    private static func databaseValue(of value: SampleValue, isZoned: Bool) -> DatabaseValue {
        switch value {
        case .null: .null
        case .bool(let value): (value ? 1 : 0).databaseValue
        case .integer(let value): value.databaseValue
        case .double(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .time(let value): (isZoned ? value.zonedText : value.zonelessText).databaseValue
        }
    }
}
