/// A value of the two types that the state's tables have, `BIGINT` and `TEXT`, or null.
enum StateValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

/// What can be in a column.
protocol StateColumn: Sendable {
    var stateValue: StateValue { get }

    /// Nil when the value is none of this type. PostgreSQL answers in texts, whatever the type.
    init?(_ value: StateValue)
}

extension String: StateColumn {
    var stateValue: StateValue { .text(self) }

    init?(_ value: StateValue) {
        switch value {
        case .null: return nil
        case .integer(let number): self = String(number)
        case .text(let text): self = text
        }
    }
}

extension Int64: StateColumn {
    var stateValue: StateValue { .integer(self) }

    init?(_ value: StateValue) {
        switch value {
        case .null: return nil
        case .integer(let number): self = number
        case .text(let text): self.init(text)
        }
    }
}

extension Int: StateColumn {
    var stateValue: StateValue { .integer(Int64(self)) }

    init?(_ value: StateValue) {
        guard let number = Int64(value) else { return nil }
        self.init(exactly: number)
    }
}

extension Bool: StateColumn {
    var stateValue: StateValue { .integer(self ? 1 : 0) }

    /// A condition is 0 or 1 in SQLite, and f or t in PostgreSQL.
    init?(_ value: StateValue) {
        switch value {
        case .integer(let number): self = number != 0
        case .text("t"), .text("1"): self = true
        case .text("f"), .text("0"): self = false
        case .null, .text: return nil
        }
    }
}

/// The arguments of a statement, in the order of its question marks.
struct StatementArguments: ExpressibleByArrayLiteral {
    let values: [StateValue]

    init(_ values: some Sequence<any StateColumn>) {
        self.values = values.map(\.stateValue)
    }

    init(arrayLiteral elements: (any StateColumn)?...) {
        values = elements.map { $0?.stateValue ?? .null }
    }
}
