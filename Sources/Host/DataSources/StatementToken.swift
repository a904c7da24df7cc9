/// A part of an SQL statement, as far as telling reading from writing needs it.
enum StatementToken: Hashable {
    /// An unquoted word, in capitals.
    case word(String)
    /// A string, a quoted name, a number or a parameter.
    case operand
    /// Any other character.
    case symbol(UInt8)
}
