/// A table with its rows.
package struct SampleTable: Sendable {
    package let definition: SampleTableDefinition
    /// The columns the rows hold, in the order of the rows; the others hold their defaults.
    package let columns: [String]
    package let rows: [[SampleValue]]

    package var name: String { definition.name }

    /// A table without rows.
    package init(empty definition: SampleTableDefinition) {
        self.definition = definition
        columns = []
        rows = []
    }

    package init(definition: SampleTableDefinition, columns: [String], rows: [[SampleValue]]) {
        self.definition = definition
        self.columns = columns
        self.rows = rows
    }

    /// The value of a column in a row, or its default.
    package func value(_ column: String, in row: [SampleValue]) -> SampleValue {
        if let index = columns.firstIndex(of: column) { return row[index] }
        return definition.column(column)?.fallback ?? .null
    }

    /// The values of a column, row by row.
    package func values(_ column: String) -> [SampleValue] {
        rows.map { value(column, in: $0) }
    }

    /// The rows whose column holds the value.
    package func rows(where column: String, is value: SampleValue) -> [[SampleValue]] {
        rows.filter { self.value(column, in: $0) == value }
    }
}
