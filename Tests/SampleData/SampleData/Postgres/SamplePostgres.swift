/// Writes the sample as a script for PostgreSQL's `psql`, with the tables as they are in production.
///
/// The monitor's tables go to schema `public`, PanDA's to `doma_panda`. Types, keys and indexes are those of
/// ``SampleSchema``; the tables PanDA partitions are partitioned here too, each with a default partition.
package enum SamplePostgres {
    /// A script that makes every table with its rows in an empty database.
    package static func script(_ database: SampleDatabase) -> String {
        var script = "CREATE SCHEMA doma_panda;\n"
        for table in database.tables {
            script += creation(of: table.definition)
            if let partition = SamplePartition.of(table.definition) {
                script += partitions(of: table.definition, partition.bounds(in: table))
            }
            script += rows(of: table)
            script += indexes(of: table.definition)
        }
        return script + "ANALYZE;\n"
    }

    /// A script that makes PanDA's tables in an empty database, with pieces for so many days before a moment.
    ///
    /// Their rows come from the script that psql's variable `rows` names; the indexes are made when they are there.
    package static func pandaScript(days: Int, before now: SampleInstant) -> String {
        let tables = SampleSchema.tables.filter { $0.schema == .domaPanda }
        var script = "CREATE SCHEMA doma_panda;\n"
        for table in tables {
            script += creation(of: table)
            if let partition = SamplePartition.of(table) {
                script += partitions(of: table, partition.bounds(days: days, before: now))
            }
        }
        return script + "\\i :rows\n" + tables.map(indexes).joined() + "ANALYZE;\n"
    }

    private static func creation(of table: SampleTableDefinition) -> String {
        var lines = table.columns.map { column in
            var line = "\(quoted(column.name)) \(column.type)"
            if !column.isNullable { line += " NOT NULL" }
            if column.fallback != .null { line += " DEFAULT '\(text(of: column.fallback, in: column))'" }
            return line
        }
        lines.append("PRIMARY KEY (\(list(table.primaryKey)))")
        let partitioning = SamplePartition.of(table).map { " PARTITION BY RANGE (\(quoted($0.column)))" } ?? ""
        return "CREATE TABLE \(name(of: table)) (\n  \(lines.joined(separator: ",\n  "))\n)\(partitioning);\n"
    }

    private static func partitions(of table: SampleTableDefinition, _ bounds: [String]) -> String {
        let parent = name(of: table)
        let pieces = bounds.enumerated().map { number, bounds in
            "CREATE TABLE \(parent)_p\(number + 1) PARTITION OF \(parent) FOR VALUES \(bounds);\n"
        }
        return pieces.joined() + "CREATE TABLE \(parent)_default PARTITION OF \(parent) DEFAULT;\n"
    }

    private static func indexes(of table: SampleTableDefinition) -> String {
        table.indexes.map { index in
            // A unique index of a partitioned table would have to hold the column it is cut by.
            let isUnique = index.isUnique && SamplePartition.of(table) == nil
            return "CREATE \(isUnique ? "UNIQUE " : "")INDEX ON \(name(of: table)) (\(list(index.columns)));\n"
        }
        .joined()
    }

    private static func rows(of table: SampleTable) -> String {
        guard !table.rows.isEmpty else { return "" }
        let columns = table.columns.map { table.definition.column($0) }
        var script = "COPY \(name(of: table.definition)) (\(list(table.columns))) FROM stdin;\n"
        for row in table.rows {
            let fields = zip(row, columns).map { value, column in
                value == .null ? "\\N" : escaped(text(of: value, in: column))
            }
            script += fields.joined(separator: "\t") + "\n"
        }
        return script + "\\.\n"
    }

    private static func text(of value: SampleValue, in column: SampleColumn?) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "t" : "f"
        case .integer(let value): String(value)
        case .double(let value): String(value)
        case .text(let value): value
        case .time(let value): column?.type == "timestamptz" ? value.zonedText : value.zonelessText
        }
    }

    /// The characters that mean something to `COPY`.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\t": escaped += "\\t"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func name(of table: SampleTableDefinition) -> String {
        table.schema == .domaPanda ? "doma_panda.\(table.name)" : table.name
    }

    private static func list(_ names: [String]) -> String {
        names.map(quoted).joined(separator: ", ")
    }

    private static func quoted(_ name: String) -> String {
        "\"\(name)\""
    }
}
