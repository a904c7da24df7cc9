/// A column of a result.
package struct PostgresColumn: Hashable, Sendable {
    package let name: String
    /// The type's number in `pg_type`.
    package let type: UInt32

    package init(name: String, type: UInt32) {
        self.name = name
        self.type = type
    }
}
