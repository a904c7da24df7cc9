/// A value as SQLite stores it; every value carries its own storage class.
enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int)
    case real(Double)
    /// Bytes that are no UTF-8 were replaced by U+FFFD.
    case text(String)
    case blob([UInt8])
}
