/// A table as it is declared: columns in their order, primary key and indexes.
package struct SampleTableDefinition: Sendable {
    package let schema: SampleSchemaName
    package let name: String
    package let columns: [SampleColumn]
    package let primaryKey: [String]
    package let indexes: [SampleIndex]

    /// Reads the compact notation of the schema files.
    ///
    /// Columns are separated by semicolons: `name type`, then `!` when null is refused, then `= default` when there
    /// is one. Indexes are separated by semicolons: names separated by spaces, after `unique` for a unique one.
    init(schema: SampleSchemaName, name: String, columns: String, primaryKey: String, indexes: String) {
        self.schema = schema
        self.name = name
        self.columns = columns.split(separator: ";").compactMap { SampleColumn(notation: $0) }
        self.primaryKey = primaryKey.split(separator: " ").map(String.init)
        self.indexes = indexes.split(separator: ";").compactMap { SampleIndex(notation: $0) }
    }

    /// The column of that name.
    package func column(_ name: String) -> SampleColumn? {
        columns.first { $0.name == name }
    }
}
