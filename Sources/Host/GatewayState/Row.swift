/// One row of an answer.
struct Row {
    private let names: [String]
    private let values: [StateValue]

    init(names: [String], values: [StateValue]) {
        self.names = names
        self.values = values
    }

    /// The value of a column that is there and not null; the tables see to that.
    subscript<Value: StateColumn>(name: String) -> Value {
        guard let value = Value(value(name)) else {
            preconditionFailure("the column \(name) holds no \(Value.self)")
        }
        return value
    }

    /// The value of a column; nil for null.
    subscript<Value: StateColumn>(name: String) -> Value? { Value(value(name)) }

    fileprivate var first: StateValue { values.first ?? .null }

    private func value(_ name: String) -> StateValue {
        guard let position = names.firstIndex(of: name) else { preconditionFailure("there is no column \(name)") }
        return values[position]
    }

    static func fetchOne(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> Row? {
        try db.rows(sql: sql, arguments: arguments).first
    }

    static func fetchAll(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> [Row] {
        try db.rows(sql: sql, arguments: arguments)
    }
}

extension StateColumn {
    /// The first column of the first row; nil when there is no row, and for null.
    static func fetchOne(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> Self? {
        try db.rows(sql: sql, arguments: arguments).first.flatMap { Self($0.first) }
    }

    /// The first column of all rows, nulls left out.
    static func fetchAll(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> [Self] {
        try db.rows(sql: sql, arguments: arguments).compactMap { Self($0.first) }
    }
}

extension StateColumn where Self: Hashable {
    /// The first column of all rows, each value once.
    static func fetchSet(_ db: Database, sql: String, arguments: StatementArguments = []) throws -> Set<Self> {
        Set(try fetchAll(db, sql: sql, arguments: arguments))
    }
}
