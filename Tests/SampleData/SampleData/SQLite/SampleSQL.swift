/// The statements that make a table in SQLite.
enum SampleSQL {
    static func creation(of table: SampleTableDefinition) -> String {
        var lines = table.columns.map { column in
            var line = "\(quoted(column.name)) \(column.type)"
            if !column.isNullable { line += " NOT NULL" }
            if let fallback = literal(column.fallback, type: column.type) { line += " DEFAULT \(fallback)" }
            return line
        }
        lines.append("PRIMARY KEY (\(list(table.primaryKey)))")
        return "CREATE TABLE \(quoted(table.name)) (\(lines.joined(separator: ", ")))"
    }

    static func indexes(of table: SampleTableDefinition) -> [String] {
        table.indexes.enumerated().map { number, index in
            let kind = index.isUnique ? "UNIQUE INDEX" : "INDEX"
            let name = quoted("\(table.name)_\(number + 1)")
            return "CREATE \(kind) \(name) ON \(quoted(table.name)) (\(list(index.columns)))"
        }
    }

    static func insertion(into table: SampleTable) -> String {
        let places = table.columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO \(quoted(table.name)) (\(list(table.columns))) VALUES (\(places))"
    }

    private static func list(_ names: [String]) -> String {
        names.map(quoted).joined(separator: ", ")
    }

    /// Names come from the schema files; quoting is for those that are words of SQL.
    private static func quoted(_ name: String) -> String {
        "\"\(name)\""
    }

    private static func literal(_ value: SampleValue, type: String) -> String? {
        switch value {
        case .null: nil
        case .bool(let value): value ? "1" : "0"
        case .integer(let value): String(value)
        case .double(let value): String(value)
        case .text(let value): "'\(value)'"
        case .time(let value): "'\(type == "timestamptz" ? value.zonedText : value.zonelessText)'"
        }
    }
}
