internal import GatewayCore

/// The columns of a result with their types, as far as they are known.
struct ColumnTypes {
    private let names: [String]
    private var types: [SQLColumnType?]

    /// Columns by name and declared type; an expression has none.
    init(_ columns: [(name: String, declaration: String?)]) {
        names = columns.map(\.name)
        types = columns.map { $0.declaration.map(SQLColumnType.init(declaration:)) }
    }

    var count: Int { names.count }

    /// The columns for the answer; an expression that was null throughout counts as text.
    var described: [SQLColumn] {
        zip(names, types).map { SQLColumn(name: $0, type: $1 ?? .text) }
    }

    /// A column's type; the first value of an expression that is not null settles it.
    mutating func type(of index: Int, holding value: SQLiteValue) -> SQLColumnType {
        if let type = types[index] { return type }
        guard let type = SQLColumnType(storage: value) else { return .text }
        types[index] = type
        return type
    }
}

extension SQLColumnType {
    /// The type a table's declaration such as `numeric(10,2)` means; text when it is none of ours.
    init(declaration: String) {
        let name = declaration.prefix { $0 != "(" }.lowercased()
        let words = name.split(separator: " ").map(String.init)
        let known = words.lazy.compactMap { Self.declared[$0] }
        self = known.first ?? .text
    }

    /// The type of a value that no declaration describes; nil for null.
    init?(storage value: SQLiteValue) {
        switch value {
        case .null: return nil
        case .integer: self = .int
        case .real: self = .double
        case .text: self = .text
        case .blob: self = .bytes
        }
    }

    private static let declared: [String: SQLColumnType] = {
        let words: [SQLColumnType: String] = [
            .int: "int integer bigint smallint tinyint mediumint int2 int4 int8 serial bigserial smallserial",
            .decimal: "numeric decimal number",
            .double: "double real float float4 float8",
            .bool: "bool boolean",
            .timestamp: "timestamp timestamptz datetime",
            .json: "json jsonb",
            .bytes: "blob bytea",
        ]
        var table: [String: SQLColumnType] = [:]
        for (type, names) in words {
            for name in names.split(separator: " ") {
                table[String(name)] = type
            }
        }
        return table
    }()
}
